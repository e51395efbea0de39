// The writing desk: inserting fields, saving by key, and a warning before unsaved words are left behind.
// Without this file the Save button and the links do the same.

const form = document.querySelector("form#copy");
const writable = (element) => element.matches("textarea, input:not([type=hidden], [type=checkbox])");

if (form) {
  let last = null;
  let unsaved = false;

  form.addEventListener("focusin", (event) => {
    if (writable(event.target)) last = event.target;
  });

  form.addEventListener("input", () => {
    unsaved = true;
  });

  // a subject is one line that wraps: Enter goes on to the next field
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("textarea[rows='1']")) return;
    event.preventDefault();
    const fields = [...form.elements].filter(writable);
    fields[fields.indexOf(event.target) + 1]?.focus();
  });

  // a merge field goes where the cursor was last
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    const field = last ?? form.querySelector("textarea");
    field.focus();
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    button.closest("details").open = false;
  });

  // saving by button or key keeps the page, its scroll and its cursor; adding a paragraph does not need to
  const saveHere = () => window.htmx && form.hasAttribute("hx-post") && window.htmx.trigger(form, "copy:save");
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-save]") && saveHere()) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      saveHere() || form.requestSubmit();
    }
  });

  // htmx sends a form to where the button clicked last would: after a mend that is another page
  form.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    event.detail.path = form.getAttribute("hx-post");
    delete event.detail.parameters.fix;
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === form && event.detail.successful) unsaved = false;
  });
  form.addEventListener("submit", () => {
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
