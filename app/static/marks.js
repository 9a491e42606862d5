// What mouse and keyboard add to the comparison of a disclosure; the forms on the page do the same without this file.
"use strict";

const TYPED = "input:not([type=radio]), select, textarea";
const rows = () => [...document.querySelectorAll("#marks [data-mark]")];
const markOf = (row) => document.getElementById(row.dataset.mark);
let current = "";

// The policy forbids style attributes, which htmx would copy; a sheet of our own says where the button stands.
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
function draw(top = 0, left = 0) {
  sheet.replaceSync(`[data-same], .panel-row[aria-current] { outline: 2px solid } #cover { position: fixed; z-index: 20; top: ${top}px; left: ${left}px }`);
}
draw();

// --- One mark at a time: j and k walk, y hides, n keeps and asks why, u leaves open ---------------------

function choose(row) {
  current = row.dataset.mark;
  const person = row.dataset.person;
  for (const other of rows()) {
    const same = other === row || Boolean(person && other.dataset.person === person);
    markOf(other)?.toggleAttribute("data-same", same);
    if (other === row) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  markOf(row)?.scrollIntoView({ block: "center" });
  row.scrollIntoView({ block: "nearest" });
  row.querySelector("a").focus({ preventScroll: true });
}

function step(by) {
  const all = rows();
  const here = all.findIndex((row) => row.dataset.mark === current);
  if (all.length) choose(all[Math.min(Math.max(here + by, 0), all.length - 1)]);
}

function rule(value) {
  const row = rows().find((one) => one.dataset.mark === current);
  const choice = row?.querySelector(`input[type=radio][value=${value}]`);
  if (!choice) return;
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  if (value === "kept") row.querySelector(".reveal select, .reveal input")?.focus();
  else step(1);
}

const KEYS = { j: () => step(1), k: () => step(-1), y: () => rule("hidden"), n: () => rule("kept"), u: () => rule("open") };

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !rows().length) return;
  const row = event.key === "Escape" && event.target.closest("#marks [data-mark]");
  if (row && event.target.closest(TYPED)) return choose(row); // a reason is written: on with the keys
  if (event.target.closest(TYPED) || document.querySelector("dialog[open]") || !KEYS[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key]();
}, true);

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".doc [id^=mark-]");
  const row = mark && rows().find((one) => one.dataset.mark === mark.id);
  if (row && getSelection().isCollapsed) choose(row);
});

// --- Words that were not proposed: select them in the original, then 遮盖 -------------------------------

function selected() {
  const selection = getSelection();
  const original = document.querySelector(".compare .doc");
  if (!original || selection.isCollapsed || !selection.rangeCount) return "";
  const range = selection.getRangeAt(0);
  if (!original.contains(range.commonAncestorContainer)) return "";
  const words = range.cloneContents();
  words.querySelectorAll("sup").forEach((number) => number.remove());
  return words.textContent.replace(/\s+/g, " ").trim();
}

document.addEventListener("selectionchange", () => {
  const button = document.getElementById("cover");
  if (!button) return;
  button.hidden = !selected();
  if (button.hidden) return;
  const place = getSelection().getRangeAt(0).getBoundingClientRect();
  draw(Math.min(place.bottom + 4, innerHeight - 48), Math.max(8, Math.min(place.left, innerWidth - 96)));
});

// The selection would go before the click comes.
document.addEventListener("pointerdown", (event) => {
  if (event.target.id !== "cover") return;
  event.preventDefault();
  const form = document.querySelector("#add-mark form");
  form.elements.text.value = selected();
  event.target.hidden = true;
  form.elements.kind.focus();
  form.scrollIntoView({ block: "nearest" });
});

document.querySelectorAll("[data-keys]").forEach((hint) => { hint.hidden = false; });
