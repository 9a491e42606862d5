// What the operator's page gains from script: Enter goes on, files come by drag or paste, a draft is kept on leaving, the call is timed.
// Every one of them has its way without this file; the panels and the draft while typing are htmx's (see calls/new.html).
"use strict";

const call = () => document.querySelector("form[data-call]");
const files = () => call()?.querySelector("input[type=file]");

// Enter in a line goes to the next field instead of sending half a call; while an input method is composing it is the method's.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target;
  if (!field.form || field.form !== call() || !field.matches("input:not([type=file])")) return;
  event.preventDefault();
  if (event.isComposing || event.keyCode === 229) return;
  const fields = [...field.form.elements].filter((one) => one.type !== "hidden" && !one.disabled && one.getClientRects().length);
  fields[fields.indexOf(field) + 1]?.focus();
});

// Files: dropped anywhere on the form, or pasted, join those already chosen.
function add(found) {
  const field = files();
  if (!field || !found.length) return false;
  const all = new DataTransfer();
  for (const file of [...field.files, ...found]) all.items.add(file);
  field.files = all.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

document.addEventListener("dragover", (event) => call()?.contains(event.target) && event.preventDefault());
document.addEventListener("drop", (event) => call()?.contains(event.target) && add(event.dataTransfer.files) && event.preventDefault());
document.addEventListener("paste", (event) => add(event.clipboardData.files) && event.preventDefault());

// A refused form comes back as a new one: the files chosen for the old one are put back.
let chosen = null;
document.addEventListener("htmx:before:request", () => (chosen = files()?.files ?? null));
document.addEventListener("htmx:after:swap", () => {
  const field = files();
  if (field && chosen?.length && !field.files.length) field.files = chosen;
});

// The name of a likely firm is taken over by one click or Enter; with Ctrl its page opens as any link does.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#panels a[data-name]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const field = call().elements.subject_name;
  field.value = link.dataset.name;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// On leaving the page the last words are kept, though no answer can be shown any more.
window.addEventListener("pagehide", () => {
  const form = call();
  if (!form || form.getAttribute("aria-busy") === "true") return;
  const typed = new FormData(form);
  typed.delete("files");
  navigator.sendBeacon(document.querySelector("form[data-draft]").action, new URLSearchParams(typed));
});

// How long the call has lasted: what the server counted, and what has passed on this page since.
setInterval(() => {
  const shown = document.querySelector("[data-lasted]");
  if (!shown) return;
  shown.dataset.from ??= performance.now();
  const lasted = Math.floor(Number(shown.dataset.lasted) + (performance.now() - shown.dataset.from) / 1000);
  shown.textContent = `${String(Math.floor(lasted / 60)).padStart(2, "0")}:${String(lasted % 60).padStart(2, "0")}`;
}, 1000);
