// Single keys for moderators: they move the focus or open a story, and never press a button by themselves. They can be
// switched off, which the browser remembers; a dialog says what there is.
const SETTING = "involve-keys";

/** Offer the keys where the page explains them. */
export function offerKeys() {
  const tools = document.querySelector("[data-keys]");
  if (!tools) return;
  const dialog = tools.querySelector("dialog");
  const box = dialog.querySelector("input[type=checkbox]");
  tools.hidden = false;
  box.checked = isOn();
  box.addEventListener("change", () => keepOn(box.checked));
  tools.querySelector("[data-open]").addEventListener("click", () => dialog.showModal());
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  document.addEventListener("keydown", (event) => {
    if (isOn() && !isTyping(event) && !dialog.open) act(event, dialog);
  });
}

function isOn() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
}

function keepOn(on) {
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing asks again on the next page.
  }
}

function isTyping(event) {
  const { target } = event;
  const types = target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  return event.ctrlKey || event.altKey || event.metaKey || event.isComposing || Boolean(types);
}

function act(event, dialog) {
  const keys = {
    "?": () => dialog.showModal(),
    j: () => go(1),
    k: () => go(-1),
    x: () => tick(),
    e: () => focus("#original-words"),
    p: () => focus("button[name=verdict][value=published]"),
    h: () => focus("#held_reason"),
    d: () => focus("#declined_reason"),
    s: () => focus("button[name=verdict][value=save]"),
    u: () => focus("form.undo button, form[action$='/undo'] button, form[action$='/dadwneud'] button"),
  };
  if (keys[event.key]?.()) event.preventDefault();
}

function focus(selector) {
  const found = document.querySelector(selector);
  found?.focus();
  found?.scrollIntoView({ block: "nearest" });
  return Boolean(found);
}

/** Go to the line below or above in the queue; from a story, to the one after or before it. */
function go(by) {
  const lines = [...document.querySelectorAll("[data-queue] .tasks a")];
  if (lines.length) {
    const at = lines.indexOf(document.activeElement?.closest("li")?.querySelector("a"));
    const next = lines[at < 0 ? 0 : Math.max(0, Math.min(lines.length - 1, at + by))];
    next.focus();
    return true;
  }
  const link = document.querySelector(by > 0 ? ".story-nav a[rel=next]" : ".story-nav a[rel=prev]");
  link?.click();
  return Boolean(link);
}

function tick() {
  const box = document.activeElement?.closest("[data-queue] li")?.querySelector("input[type=checkbox]");
  if (box) box.checked = !box.checked;
  return Boolean(box);
}
