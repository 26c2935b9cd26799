// The page of a file that is being made looks by itself how far it is; without scripts there is a link to look.
const EVERY = 2000;

/** Keep the page up to date until the file is there. */
export function watchExport() {
  const shown = document.querySelector("[data-export=under-way]");
  if (shown) setTimeout(() => look(shown), EVERY);
}

async function look(shown) {
  let next = shown;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    next = page.querySelector("[data-export]") ?? shown;
    if (next.dataset.export === "under-way") {
      advance(shown, next);
    } else {
      document.title = page.title;
      shown.replaceWith(next);
      // Whoever cannot see the page hears its new heading.
      next.querySelector("h1").focus();
      return;
    }
  } catch {
    // Without a connection the page stays as it is, and looks again.
  }
  setTimeout(() => look(shown), EVERY);
}

/** Move the bar, and nothing else: what has the focus keeps it. */
function advance(shown, next) {
  for (const selector of ["label", "progress", ".lead"]) {
    const [old, now] = [shown, next].map((part) => part.querySelector(selector));
    if (selector === "progress") [old.max, old.value] = [now.max, now.value];
    else old.textContent = now.textContent;
  }
}
