// One click mends a finding in its field; one more takes it back. Without this file the button sends the form,
// and the server mends and saves.

import { find } from "./places.js";

const form = document.querySelector("form#copy");

// the browser's own undo (Ctrl+Z) keeps working when text goes in as if it were typed
function replace(field, start, end, text) {
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  const typed = document.execCommand(text ? "insertText" : "delete", false, text);
  if (!typed) field.setRangeText(text, start, end, "end");
}

function offerUndo(field, before, after) {
  const bar = document.getElementById("mended");
  const button = bar.querySelector("button");
  bar.hidden = false;
  button.onclick = () => {
    if (field.value === after) replace(field, 0, field.value.length, before);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    bar.hidden = true;
    field.focus();
  };
}

if (form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-edits]");
    if (!button) return;
    const places = JSON.parse(button.dataset.edits).map((edit) => ({
      ...find(edit.part, `${edit.line}:${edit.column}`, `${edit.end_line}:${edit.end_column}`),
      text: edit.text,
    }));
    if (places.some((place) => !place.field)) return; // the server mends what this page cannot find
    event.preventDefault();
    const field = places[0].field;
    const before = field.value;
    for (const place of places.sort((one, other) => other.start - one.start)) {
      replace(place.field, place.start, place.end, place.text);
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    offerUndo(field, before, field.value);
  });
}
