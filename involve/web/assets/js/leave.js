// Leaving at once: the link goes away without staying in the history, and so does pressing Shift three times.

const WITHIN = 5000;
const PRESSES = 3;

/** Make every way out on the page quick. The words come from the page, in its language. */
export function offerLeaving() {
  const link = document.querySelector("[data-leave]");
  if (!link) {
    return;
  }
  for (const way of document.querySelectorAll("[data-leave], [data-leave-too]")) {
    way.addEventListener("click", (event) => {
      event.preventDefault();
      leave(link.href);
    });
  }
  countPresses(link);
  // Coming back by the history must not show an empty page.
  addEventListener("pageshow", () => document.body.classList.remove("gone"));
}

/** Empty the page and go: what replaces it may take a while to arrive. */
function leave(address) {
  document.body.classList.add("gone");
  document.title = new URL(address).hostname;
  location.replace(address);
}

/** Leave when Shift was pressed three times, by itself, within five seconds. */
function countPresses(link) {
  const status = document.getElementById("leave-status");
  let times = [];
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      // Shift with another key writes a capital letter.
      times = [];
      return;
    }
    times = [...times.filter((time) => event.timeStamp - time < WITHIN), event.timeStamp];
    if (times.length >= PRESSES) {
      leave(link.href);
    } else if (status) {
      status.textContent = times.length === 2 ? link.dataset.once : link.dataset.twice;
    }
  });
}
