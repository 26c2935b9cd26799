// One press sends a form once; the server would know a repeat, this spares the person a wait.

const AGAIN_AFTER = 8000;

/** Ignore further sends of the same form for some seconds. */
export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) {
      return;
    }
    const now = Date.now();
    if (now - Number(form.dataset.sent || 0) < AGAIN_AFTER) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = String(now);
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) {
      delete form.dataset.sent;
    }
  });
}
