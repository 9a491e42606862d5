// What a keyboard and a second click add to the staff pages; every page works without this file.
"use strict";

document.documentElement.classList.add("js");

// --- Keys -----------------------------------------------------------------------------------------
// A control names its key in aria-keyshortcuts: "/" focuses the search box, "n" opens a new tip, "Control+Enter" sends a form.
// Single letters act only outside fields, and never while an input method is composing.

const FIELD = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), select, textarea, [contenteditable]";

function spoken(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Control");
  if (event.altKey) parts.push("Alt");
  const letter = /^(?:Key|Digit)(.)$/.exec(event.code);
  // With Alt or Ctrl some layouts produce other characters: then the key's place counts.
  parts.push(parts.length && letter ? letter[1] : event.key);
  return parts.join("+").toLowerCase();
}

function holder(key) {
  return [...document.querySelectorAll("[aria-keyshortcuts]")].find(
    (control) => control.getAttribute("aria-keyshortcuts").toLowerCase() === key && control.getClientRects().length && !control.disabled,
  );
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.repeat) return;
  const key = spoken(event);
  if (!key.includes("+") && (event.target.closest(FIELD) || document.querySelector("dialog[open]"))) return;
  if (key === "?" || key === "？") return showKeys(event);
  if (key === "j" || key === "k") return walk(event, key === "j" ? 1 : -1);
  if ((key === "o" || key === "x") && onRow(event, key)) return;
  const control = holder(key);
  if (!control) return;
  event.preventDefault();
  if (control.closest("form[data-chosen]")) tickHere(control.form);
  control.focus();
  if (control.matches("a, button, summary")) control.click();
  else if (control.select) control.select();
});

// j and k walk from row to row of the list marked data-rows.
function walk(event, step) {
  const rows = [...document.querySelectorAll("table[data-rows] tbody tr:not(.group)")].filter((row) => row.querySelector("a"));
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement.closest("tr"));
  const row = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  event.preventDefault();
  row.querySelector("a").focus();
  row.scrollIntoView({ block: "nearest" });
}

// o opens the row one stands on, x ticks it; an act over ticked rows takes the row alone when none is ticked.
function here() {
  return document.activeElement.closest("table[data-rows] tbody tr");
}

function onRow(event, key) {
  const control = here()?.querySelector(key === "o" ? "a" : "input[type=checkbox]");
  if (!control) return false;
  event.preventDefault();
  if (key === "x") control.checked = !control.checked;
  else control.click();
  return true;
}

function tickHere(form) {
  const boxes = [...form.elements].filter((one) => one.type === "checkbox");
  const own = here()?.querySelector("input[type=checkbox]");
  if (own && !boxes.some((one) => one.checked)) own.checked = true;
}

function words(control) {
  const copy = control.cloneNode(true);
  copy.querySelectorAll("kbd").forEach((cap) => cap.remove());
  return copy.textContent.trim() || control.getAttribute("placeholder") || control.getAttribute("aria-label") || "";
}

function showKeys(event) {
  event.preventDefault();
  const said = document.getElementById("toast").dataset;
  const dialog = document.createElement("dialog");
  const heading = document.createElement("h2");
  const list = document.createElement("dl");
  const close = document.createElement("button");
  dialog.className = "keys";
  dialog.setAttribute("aria-label", said.keys);
  heading.className = "panel-head";
  heading.textContent = said.keys;
  const shown = [...document.querySelectorAll("[aria-keyshortcuts]")].filter((control) => control.getClientRects().length);
  const ofRows = document.querySelector("table[data-keys]")?.dataset.keys.split("|") ?? [];
  const lines = shown.map((control) => [control.getAttribute("aria-keyshortcuts"), words(control)]);
  for (const [key, meant] of [...lines, ...ofRows.map((line) => line.split("="))]) {
    const term = document.createElement("dt");
    const cap = document.createElement("kbd");
    const meaning = document.createElement("dd");
    cap.className = "key";
    cap.textContent = key;
    meaning.textContent = meant;
    term.append(cap);
    list.append(term, meaning);
  }
  close.className = "btn btn-wide";
  close.textContent = said.close;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(heading, list, close);
  document.body.append(dialog);
  dialog.showModal();
}

// --- One act, one sending ---------------------------------------------------------------------------
// A form that is on its way is not sent again. The mark goes when htmx is done, when the page comes back from the browser's
// memory (Back), and after a while, for answers that leave the page standing (a download, a stopped load).

const PATIENCE = 10000;

function release(form) {
  form.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    say("busy");
    return;
  }
  form.setAttribute("aria-busy", "true");
  setTimeout(release, PATIENCE, form);
}, true);

window.addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(release));
document.addEventListener("htmx:finally:request", (event) => event.target.closest?.("form[aria-busy]") && release(event.target.closest("form")));

function say(name) {
  const toast = document.getElementById("toast");
  const line = document.createElement("p");
  line.textContent = toast.dataset[name];
  if (name === "lost") line.className = "toast-law";
  toast.replaceChildren(line);
}

document.addEventListener("htmx:error", () => say("lost"));
document.addEventListener("htmx:before:request", (event) => asked(event) && document.getElementById("toast").replaceChildren());

// Whether a person caused a request; a panel that loads or polls by itself neither clears messages nor takes the focus.
function asked(event) {
  const cause = event.detail.ctx.sourceEvent;
  return Boolean(cause) && (cause.type === "submit" || cause.type === "click");
}

// --- Where the eye goes after a swap ------------------------------------------------------------------
// To the error summary; else, when the act took the focused control away, to the heading of what changed.

document.addEventListener("htmx:after:swap", (event) => {
  if (!asked(event)) return;
  const { ctx } = event.detail;
  const id = ctx.target && ctx.target.id;
  const changed = (id && document.getElementById(id)) || event.target;
  const faults = changed.querySelector(".error-summary");
  const lost = !document.activeElement || document.activeElement === document.body;
  const goal = faults || (lost && (changed.querySelector("h1, h2, h3") || changed));
  if (!goal) return;
  if (!goal.hasAttribute("tabindex")) goal.setAttribute("tabindex", "-1");
  goal.focus();
});

// A page that was loaded whole with faults begins at their summary.
document.querySelector(".error-summary")?.focus();
