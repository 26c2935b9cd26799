// The story code: taken from the address when a camera brought it there; copied, printed or saved where it is shown.

/** Show the buttons beside a code, and fill in the code that a scanned address holds. */
export function offerCode() {
  fillFromFragment();
  const tools = document.querySelector("[data-code]");
  if (!tools) {
    return;
  }
  const act = { copy: copyCode, print: () => window.print(), save: saveCode };
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button[value]");
    if (button) {
      act[button.value](tools);
    }
  });
}

/** Put the part after # into the field for the code, and take it out of the address and the history at once. */
function fillFromFragment() {
  const field = document.querySelector("input[data-story-code]");
  // Parts of the page have small letters; a code has none.
  if (!field || !/^#[0-9A-Z-]{16,}$/.test(location.hash)) {
    return;
  }
  field.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  // Where another story is open there is nothing to fill in: the scanned one takes its place.
  if (field.type === "hidden") {
    field.form.requestSubmit();
  }
}

/** Copy the code alone; say whether it worked. */
async function copyCode(tools) {
  const status = tools.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(tools.dataset.code);
    status.textContent = tools.dataset.copied;
  } catch {
    status.textContent = tools.dataset.notCopied;
  }
}

/** Save a small text file with the code and how to use it. */
function saveCode(tools) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([tools.dataset.note], { type: "text/plain;charset=utf-8" }));
  link.download = tools.dataset.file;
  link.click();
  URL.revokeObjectURL(link.href);
}
