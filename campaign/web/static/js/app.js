// What the pages do beyond HTML and htmx. Everything works without it.

// "/" goes to the search box, unless somebody is writing
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  const search = document.querySelector("[data-search]");
  if (event.key === "/" && search && !writing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    search.focus();
  }
});

// what was refused is where one goes on: at the first field that is wrong
const wrong = document.querySelector("main [aria-invalid=true]");
(wrong?.matches("fieldset") ? wrong.querySelector("input") : wrong)?.focus();

// an open menu closes when one clicks elsewhere or presses Escape
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
};
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null);
});

// a form marked data-guard asks before unsaved words are left behind
const touched = new WeakSet();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) touched.add(form);
});
document.addEventListener("submit", (event) => touched.delete(event.target));
// the server marks one that it answers changed (data-changed): htmx puts a new form in the old one's place
const left = new WeakSet();
document.addEventListener("submit", (event) => left.add(event.target));
window.addEventListener("beforeunload", (event) => {
  for (const form of document.querySelectorAll("form[data-guard]")) {
    if (!left.has(form) && (touched.has(form) || "changed" in form.dataset)) event.preventDefault();
  }
});

// a second click within three seconds sends nothing twice
const sent = new WeakSet();
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
  setTimeout(() => sent.delete(event.target), 3000);
});
