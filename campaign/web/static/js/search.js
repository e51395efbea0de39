// A list that is searched while one types (data-live-search names it): arrows go through the people found.

const LIVE = "form[data-live-search]";

const peopleOf = (form) => [...document.querySelectorAll(`${form.dataset.liveSearch} [data-found]`)];

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const form = document.querySelector(LIVE);
  const box = form?.querySelector("[data-search]");
  const people = form ? peopleOf(form) : [];
  const at = people.indexOf(document.activeElement);
  if (at < 0 && document.activeElement !== box) return;
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  if (next >= people.length || next < -1) return;
  event.preventDefault();
  (next < 0 ? box : people[next]).focus();
});

// a request that is replaced by a newer one leaves the list as it is, greyed until the newer one is there
document.addEventListener("htmx:beforeRequest", (event) => busy(event.target, true));
document.addEventListener("htmx:afterRequest", (event) => busy(event.target, false));

function busy(form, is) {
  if (!form.matches?.(LIVE)) return;
  document.querySelector(form.dataset.liveSearch)?.setAttribute("aria-busy", String(is));
}
