// Large photos are made small before they travel. Originals go as they are without this file, when they are small, cannot be
// read here (HEIC), would grow, or where a canvas lies against fingerprints (Tor Browser).
"use strict";

const sizes = new WeakMap(); // a shrunken file → the bytes it had
const busy = new Map(); // a field → its work in hand

const told = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

function sheet(width, height, ink) {
  const pen = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
  pen.fillStyle = ink;
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  return pen;
}

const isHonest = () => {
  const drawn = sheet(1, 1, "#a40").getImageData(0, 0, 1, 1).data;
  return [170, 68, 0].every((wanted, at) => Math.abs(wanted - drawn[at]) < 9);
};

async function small(file) {
  if (!/^image\/|^$/.test(file.type)) return file;
  const photo = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = 2048 / Math.max(photo.width, photo.height);
  if (scale >= 1) return file;
  const pen = sheet(Math.round(photo.width * scale), Math.round(photo.height * scale), "#fff");
  pen.drawImage(photo, 0, 0, pen.canvas.width, pen.canvas.height);
  photo.close();
  const blob = await new Promise((done) => pen.canvas.toBlob(done, "image/jpeg", 0.85));
  if (!blob || blob.size >= file.size) return file;
  const made = new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: blob.type });
  sizes.set(made, file.size);
  return made;
}

async function shrink(field) {
  const chosen = [...field.files];
  const all = new DataTransfer();
  for (const file of chosen) all.items.add(await small(file).catch(() => file));
  if (chosen.length !== field.files.length || chosen.some((file, at) => file !== field.files[at])) return; // chosen anew
  field.files = all.files;
  const shrunk = [...field.files].filter((file) => sizes.has(file));
  const sum = (size) => told(shrunk.reduce((bytes, file) => bytes + size(file), 0));
  const words = field.dataset.shrunk.replace("{from}", sum((file) => sizes.get(file))).replace("{to}", sum((file) => file.size));
  field.parentNode.querySelector("[role=status]").textContent = shrunk.length ? words : "";
}

document.addEventListener("change", ({ target }) => {
  if (!target.dataset.shrunk || !isHonest()) return;
  const work = shrink(target).finally(() => busy.get(target) === work && busy.delete(target));
  busy.set(target, work);
});

// Who sends meanwhile waits a moment.
window.addEventListener("submit", (event) => {
  const work = [...busy].filter(([field]) => field.form === event.target).map(([, one]) => one);
  if (!work.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  Promise.all(work).then(() => event.target.requestSubmit(event.submitter));
}, true);
