// Filters, orders and pages of the evidence without reloading: the same page is asked for, and its part put in place.
const PART = "[data-swap]";
const FILTERS = ".filters h3, .filters a";

/** Follow links and searches within the part of the page that they change. */
export function browseInPlace() {
  if (!document.querySelector(PART)) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest(`${PART} a`);
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname || link.hash) return;
    event.preventDefault();
    go(link.href);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(`${PART} form[role=search]`)) return;
    event.preventDefault();
    go(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
  });
  let at = ask();
  addEventListener("popstate", () => {
    // To move about in the page asks for nothing new.
    if (ask() !== at) show(location.href);
    at = ask();
  });

  async function go(href) {
    if (!(await show(href, isUnfolding(href)))) return;
    history.pushState(null, "", href);
    at = ask();
  }
}

const ask = () => location.pathname + location.search;

/** Put the part of another page in place; where that cannot be, go there. */
async function show(href, unfolding = false) {
  const shown = document.querySelector(PART);
  shown.setAttribute("aria-busy", "true");
  try {
    const page = new DOMParser().parseFromString(await (await fetch(href)).text(), "text/html");
    const next = page.querySelector(PART);
    keep(shown, next);
    document.title = page.title;
    for (const [old, now] of pairs(page, ".switch a[hreflang], link[hreflang]")) old.href = now.href;
    const arrival = findArrival(shown, next, unfolding);
    shown.replaceWith(next);
    arrival?.focus();
    return true;
  } catch {
    location.assign(href);
    return false;
  }
}

/** Where to go on: at the first filter that was not there, if more of them were asked for; else at how many stories fit. */
function findArrival(shown, next, unfolding) {
  const name = (each) => each.tagName + each.textContent.trim();
  const there = new Set([...shown.querySelectorAll(FILTERS)].map(name));
  const came = [...next.querySelectorAll(FILTERS)].find((each) => unfolding && !there.has(name(each)));
  if (came?.matches("h3")) came.tabIndex = -1;
  return came || next.querySelector(".count-line");
}

/** Whether an address asks for the same stories as this one, with other filters to choose from. */
function isUnfolding(href) {
  const [asked, here] = [new URL(href), new URL(location)].map(({ searchParams }) => {
    searchParams.delete("open");
    searchParams.sort();
    return searchParams.toString();
  });
  return asked === here;
}

/** What was unfolded stays so. */
function keep(shown, next) {
  for (const [old, now] of pairs(next, "details.filters, form details", shown)) now.open = old.open;
}

function pairs(other, selector, own = document) {
  const theirs = [...other.querySelectorAll(selector)];
  return [...own.querySelectorAll(selector)].slice(0, theirs.length).map((each, at) => [each, theirs[at]]);
}
