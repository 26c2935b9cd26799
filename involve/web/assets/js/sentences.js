// Coding by hand: whoever selects words ticks the sentences that hold them. Without this they are ticked one by one.

/** Tick the sentences that a selection of text touches. */
export function offerSentences() {
  const list = document.querySelector("[data-module=select-sentences]");
  if (!list) return;
  document.addEventListener("mouseup", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return;
    for (const label of list.querySelectorAll("label")) {
      const box = document.getElementById(label.htmlFor);
      if (selection.containsNode(label, true) && !box.disabled) box.checked = true;
    }
  });
}
