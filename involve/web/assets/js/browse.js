// Filters, orders and pages of the evidence without reloading: the same page is asked for, and its part put in place.
const PART = "[data-swap]";

/** Follow links and searches within the part of the page that they change. */
export function browseInPlace() {
  if (!document.querySelector(PART)) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest(`${PART} a`);
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname) return;
    event.preventDefault();
    go(link.href);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(`${PART} form[role=search]`)) return;
    event.preventDefault();
    go(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
  });
  addEventListener("popstate", () => show(location.href));
}

async function go(href) {
  if (await show(href)) history.pushState(null, "", href);
}

/** Put the part of another page in place; where that cannot be, go there. */
async function show(href) {
  const shown = document.querySelector(PART);
  shown.setAttribute("aria-busy", "true");
  try {
    const page = new DOMParser().parseFromString(await (await fetch(href)).text(), "text/html");
    const next = page.querySelector(PART);
    keep(shown, next);
    document.title = page.title;
    for (const [old, now] of pairs(page, ".switch a[hreflang], link[hreflang]")) old.href = now.href;
    shown.replaceWith(next);
    // Whoever cannot see the page hears how many stories there are now.
    next.querySelector(".count-line")?.focus();
    return true;
  } catch {
    location.assign(href);
    return false;
  }
}

/** What was unfolded stays so. */
function keep(shown, next) {
  for (const [old, now] of pairs(next, "details.filters, form details", shown)) now.open = old.open;
}

function pairs(other, selector, own = document) {
  const theirs = [...other.querySelectorAll(selector)];
  return [...own.querySelectorAll(selector)].slice(0, theirs.length).map((each, at) => [each, theirs[at]]);
}
