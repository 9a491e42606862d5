// Puts the next heading number (一、 （一） 1. （1）) where the cursor stands, continuing what is above it.
// Without this file "整理编号" numbers the headings on the server by the same rules (app/notices/numbering.py).
"use strict";

const DIGITS = "零一二三四五六七八九";
const MARKS = [/^\s*([一二三四五六七八九十]{1,3})、\s*/, /^\s*[（(]([一二三四五六七八九十]{1,3})[）)]\s*/, /^\s*(\d{1,2})[.．、](?!\d)\s*/, /^\s*[（(](\d{1,2})[）)]\s*/];
const BEGUN = /^\s*(#{2,5})\s+/;
const ANNEX = /^\s*#\s+(?=\S)/;

function chinese(number) {
  const tens = Math.floor(number / 10);
  const ten = tens ? (tens > 1 ? DIGITS[tens] : "") + "十" : "";
  return ten + (number % 10 || !tens ? DIGITS[number % 10] : "");
}

function valueOf(said) {
  if (/^\d/.test(said)) return Number(said);
  for (let number = 1; number < 100; number += 1) if (chinese(number) === said) return number;
  return 0;
}

function written(level, number) {
  return [`${chinese(number)}、`, `（${chinese(number)}）`, `${number}.`, `（${number}）`][level - 1];
}

// The last number of each level on the way down to the end of some lines; an annex counts anew.
function path(lines) {
  const last = [0, 0, 0, 0];
  const take = (level, number) => {
    last[level - 1] = number;
    last.fill(0, level);
  };
  for (const line of lines) {
    const begun = BEGUN.exec(line);
    const level = MARKS.findIndex((mark) => mark.test(line)) + 1;
    if (ANNEX.test(line)) last.fill(0);
    else if (begun) take(begun[1].length - 1, last[begun[1].length - 2] + 1);
    else if (level) take(level, valueOf(MARKS[level - 1].exec(line)[1]));
  }
  return last;
}

function insert(field, level) {
  const text = field.value;
  const at = field.selectionStart;
  const begin = text.lastIndexOf("\n", at - 1) + 1;
  const line = text.slice(begin).split("\n", 1)[0];
  // Behind a whole line a new one begins; else the line one stands on gets this number in place of its own.
  const isNew = line.trim() && at === begin + line.length;
  const above = text.slice(0, isNew ? at : begin).split("\n");
  if (!isNew) above.pop();
  const own = [...MARKS, BEGUN].find((mark) => mark.test(line));
  const mark = written(level, path(above)[level - 1] + 1);
  const from = isNew ? at : begin;
  const until = isNew ? at : begin + (own ? own.exec(line)[0].length : /^\s*/.exec(line)[0].length);
  field.focus();
  field.setSelectionRange(from, until);
  // The one way that leaves the browser's own undo in order.
  if (!document.execCommand("insertText", false, (isNew ? "\n" : "") + mark)) field.setRangeText((isNew ? "\n" : "") + mark, from, until, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-number]");
  if (button) insert(button.form.elements.body, Number(button.dataset.number));
});
