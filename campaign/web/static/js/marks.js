// The red pencil in the fields: each finding's words are underlined where they stand, and a list leads to them.
// A field cannot be written on, so a sheet of glass with the same words in the same type lies behind it.

import { fieldsOf, find } from "./places.js";

const form = document.querySelector("form#copy");
// each part of the font by itself: the computed shorthand is empty as soon as one part does not fit into it
const SAME = [
  "fontFamily", "fontSize", "fontStyle", "fontWeight", "fontStretch", "fontKerning", "fontFeatureSettings",
  "fontVariantNumeric", "letterSpacing", "lineHeight", "padding", "borderWidth", "textIndent", "tabSize",
];

function glassOf(field) {
  if (field.parentElement.classList.contains("writing")) return field.previousElementSibling;
  const frame = document.createElement("div");
  const glass = document.createElement("div");
  frame.className = "writing";
  glass.className = "writing-marks";
  glass.setAttribute("aria-hidden", "true");
  const focused = document.activeElement === field;
  field.replaceWith(frame);
  frame.append(glass, field);
  if (focused) field.focus();
  field.addEventListener("scroll", () => {
    glass.scrollTop = field.scrollTop;
  });
  field.addEventListener("input", () => glass.replaceChildren());
  return glass;
}

function draw(field, marks) {
  const glass = glassOf(field);
  const style = getComputedStyle(field);
  for (const name of SAME) glass.style[name] = style[name];
  const pieces = [];
  let done = 0;
  for (const { start, end, severity } of marks.sort((one, other) => one.start - other.start)) {
    if (start < done || end <= start) continue;
    const mark = document.createElement("mark");
    mark.className = `marked marked-${severity}`;
    mark.textContent = field.value.slice(start, end);
    pieces.push(field.value.slice(done, start), mark);
    done = end;
  }
  pieces.push(field.value.slice(done));
  glass.replaceChildren(...(done ? pieces : []));
  glass.scrollTop = field.scrollTop;
}

function drawAll() {
  const byField = new Map();
  for (const block of form.querySelectorAll(".part")) {
    for (const field of fieldsOf(block.id.slice("part-".length))) byField.set(field, []);
  }
  for (const note of form.querySelectorAll(".margin .finding[data-block]")) {
    const { block, from, to, severity } = note.dataset;
    const place = find(block, from, to);
    // a finding on a whole field says so beside it; underlining all of it would hide the others
    if (place && place.end - place.start < place.field.value.trim().length) {
      byField.get(place.field)?.push({ ...place, severity });
    }
  }
  for (const [field, marks] of byField) {
    if (marks.length || field.parentElement.classList.contains("writing")) draw(field, marks);
  }
}

function jump(event) {
  const link = event.target.closest("a[data-block], .margin .finding[data-block] .finding-quote");
  if (!link) return;
  const { block, from, to } = (link.dataset.block ? link : link.closest(".finding")).dataset;
  const place = find(block, from, to);
  if (!place) return;
  event.preventDefault();
  document.getElementById(`part-${block}`).scrollIntoView({ block: "center" });
  place.field.focus({ preventScroll: true });
  place.field.setSelectionRange(place.start, place.end);
}

if (form) {
  let open = false;
  form.addEventListener("click", jump);
  document.body.addEventListener("htmx:beforeSwap", () => {
    open = Boolean(document.getElementById("notes-list")?.open);
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    const list = document.getElementById("notes-list");
    if (list && open) list.open = true;
    drawAll();
  });
  window.addEventListener("resize", drawAll);
  document.fonts.ready.then(drawAll);
}
