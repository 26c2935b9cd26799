// Hiding words of a story where they stand: by clicking a passage that was noticed, by clicking or selecting words, or by
// the keyboard. It ticks and adds the boxes of the form, which is all that is sent; the public text follows at once.
import { findTyped, findWords, readSpan, redact } from "./spans.js";

/** Make the words of the original answer to clicks and keys. */
export function offerHiding() {
  const pane = document.querySelector("[data-original]");
  const form = document.getElementById("moderate");
  if (pane && form) {
    new Hiding(pane, form).start();
  }
}

class Hiding {
  constructor(pane, form) {
    this.pane = pane;
    this.form = form;
    this.quote = pane.querySelector("blockquote");
    this.preview = document.querySelector("[data-preview] blockquote");
    this.status = pane.querySelector("[role=status]");
    this.button = pane.querySelector("[data-hide-selection]");
    this.letters = Array.from(this.quote.textContent);
    this.words = findWords(this.letters);
    this.risk = JSON.parse(pane.dataset.risk);
    this.marks = JSON.parse(pane.dataset.marks);
    this.wordings = JSON.parse(pane.dataset.wordings);
    this.at = -1;
    this.from = -1;
    this.pointing = false;
    this.selection = null;
  }

  start() {
    const tools = this.pane.querySelector("[data-tools]");
    tools.hidden = false;
    this.quote.tabIndex = 0;
    this.quote.id = "original-words";
    this.quote.setAttribute("role", "application");
    this.quote.setAttribute("aria-label", this.pane.dataset.label);
    this.quote.setAttribute("aria-describedby", "hiding-help");
    this.quote.addEventListener("click", (event) => this.click(event));
    this.quote.addEventListener("keydown", (event) => this.press(event));
    // Drawing anew under a pointer that is held down would take away what it points at.
    this.quote.addEventListener("pointerdown", () => (this.pointing = true));
    document.addEventListener("pointerup", () => (this.pointing = false));
    this.quote.addEventListener("focus", () => this.pointing || this.move(0));
    this.quote.addEventListener("blur", () => this.point());
    this.form.addEventListener("input", () => this.draw());
    this.button.addEventListener("click", () => this.hideSelection());
    document.addEventListener("selectionchange", () => this.select());
    this.draw();
  }

  boxes() {
    return [...this.form.querySelectorAll("input[name=spans]")];
  }

  hidden() {
    const typed = findTyped(this.letters, this.form.elements.words.value, this.form.elements.kind.value);
    return [...this.boxes().filter((box) => box.checked).map((box) => readSpan(box.value)), ...typed];
  }

  /** Show the original with what is noticed and hidden, and the text that the public would see. */
  draw() {
    const noticed = this.boxes().map((box) => readSpan(box.value));
    const hidden = this.hidden();
    const edges = [...noticed, ...hidden, ...this.risk, ...this.words].flatMap(({ start, end }) => [start, end]);
    const cuts = [...new Set([0, this.letters.length, ...edges])].sort((a, b) => a - b);
    const within = (spans, start) => spans.some((span) => span.start <= start && start < span.end);
    const pieces = cuts.slice(0, -1).map((start, index) => {
      const names = [];
      if (within(hidden, start)) names.push("hidden");
      if (within(this.risk, start)) names.push("risk");
      const marked = names.length > 0 || within(noticed, start);
      const piece = document.createElement(marked ? "mark" : "span");
      piece.className = names.join(" ");
      piece.dataset.start = start;
      piece.textContent = this.letters.slice(start, cuts[index + 1]).join("");
      return piece;
    });
    this.quote.replaceChildren(...pieces);
    this.pieces = pieces;
    this.starts = cuts;
    this.point();
    this.preview.textContent = redact(this.letters, hidden, this.marks, this.wordings);
  }

  /** Show where the cursor is and what is being chosen, without drawing a long story anew. */
  point() {
    for (const piece of this.quote.querySelectorAll(".cursor, .choosing")) {
      piece.classList.remove("cursor", "choosing");
    }
    if (document.activeElement !== this.quote || this.at < 0) return;
    this.name(this.words[this.at], "cursor");
    if (this.from >= 0) this.name(this.chosen(), "choosing");
  }

  name({ start, end }, name) {
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] < start) low = middle + 1;
      else high = middle;
    }
    for (; this.starts[low] < end && low < this.pieces.length; low += 1) {
      this.pieces[low].classList.add(name);
    }
  }

  /** Return what lies between the mark that was set and the cursor. */
  chosen() {
    if (this.from < 0 || this.at < 0) return null;
    const [first, last] = [Math.min(this.from, this.at), Math.max(this.from, this.at)];
    return { start: this.words[first].start, end: this.words[last].end };
  }

  click(event) {
    const piece = event.target.closest("[data-start]");
    if (!piece || !document.getSelection().isCollapsed) return;
    const start = Number(piece.dataset.start);
    const word = this.words.findIndex((each) => each.start <= start && start < each.end);
    if (word >= 0) this.at = word;
    this.toggle(start);
  }

  press(event) {
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10, Home: -1e9, End: 1e9 };
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key in steps) this.move(steps[event.key]);
    else if (event.key === " ") this.mark();
    else if (event.key === "Enter" && this.at >= 0) this.toggle(this.words[this.at].start);
    else if (event.key === "Escape" && this.from >= 0) this.forget();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  move(by) {
    if (!this.words.length) return;
    this.at = Math.max(0, Math.min(this.words.length - 1, Math.max(this.at, 0) + by));
    this.point();
    this.quote.querySelector(".cursor")?.scrollIntoView({ block: "nearest" });
    const { start, end } = this.words[this.at];
    const text = this.letters.slice(start, end).join("");
    const hidden = this.hidden().some((span) => span.start < end && start < span.end);
    this.say(hidden ? this.pane.dataset.isHidden.replace("{}", text) : text);
  }

  /** Set the beginning of what is to be hidden, or hide from there to the cursor. */
  mark() {
    if (this.at < 0) return;
    if (this.from < 0) {
      this.from = this.at;
      this.point();
      this.say(this.pane.dataset.begun);
      return;
    }
    const { start, end } = this.chosen();
    this.from = -1;
    this.hide(start, end);
  }

  forget() {
    this.from = -1;
    this.point();
    this.say(this.pane.dataset.forgotten);
  }

  /** Hide or show the passage at a place: one with a box of its own, else the word. */
  toggle(start) {
    const boxes = this.boxes().filter((box) => {
      const span = readSpan(box.value);
      return span.start <= start && start < span.end;
    });
    if (!boxes.length) {
      const word = this.words.find((each) => each.start <= start && start < each.end);
      if (word) this.hide(word.start, word.end);
      return;
    }
    const checked = !boxes.some((box) => box.checked);
    for (const box of boxes) box.checked = checked;
    this.draw();
    const { start: from, end } = readSpan(boxes[0].value);
    this.tell(from, end, checked);
  }

  /** Hide a span under the kind that is chosen below, by a box of its own. */
  hide(start, end) {
    const kind = this.form.elements.kind.value;
    const value = `${start}:${end}:${kind}`;
    const box = this.boxes().find((each) => each.value === value) ?? this.addBox(value, start, end);
    box.checked = true;
    this.draw();
    this.tell(start, end, true);
  }

  addBox(value, start, end) {
    const list = this.form.querySelector("[data-hide-list]");
    const item = list.querySelector("template").content.cloneNode(true).firstElementChild;
    const box = item.querySelector("input");
    const label = item.querySelector("label");
    box.value = value;
    box.id = `span-${start}-${end}`;
    label.htmlFor = box.id;
    label.lang = this.quote.lang;
    label.textContent = this.letters.slice(start, end).join("");
    item.querySelector(".govuk-hint").textContent = this.form.elements.kind.selectedOptions[0].textContent;
    list.querySelector("[data-added]").append(item);
    return box;
  }

  /** Remember what is selected with a pointer or with Shift and the arrows. */
  select() {
    const selection = document.getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    if (range && this.quote.contains(range.startContainer) && this.quote.contains(range.endContainer)) {
      const [start, end] = [this.place(range, true), this.place(range, false)];
      this.selection = this.trim(start, end);
      this.button.disabled = !this.selection;
    } else if (document.activeElement !== this.button) {
      this.selection = null;
      this.button.disabled = true;
    }
  }

  place(range, atStart) {
    const until = document.createRange();
    until.selectNodeContents(this.quote);
    if (atStart) until.setEnd(range.startContainer, range.startOffset);
    else until.setEnd(range.endContainer, range.endOffset);
    return Array.from(until.toString()).length;
  }

  trim(start, end) {
    while (start < end && !this.letters[start].trim()) start += 1;
    while (start < end && !this.letters[end - 1].trim()) end -= 1;
    return start < end ? { start, end } : null;
  }

  hideSelection() {
    if (!this.selection) return;
    const { start, end } = this.selection;
    document.getSelection().removeAllRanges();
    this.hide(start, end);
    this.button.disabled = true;
  }

  tell(start, end, hidden) {
    const words = hidden ? this.pane.dataset.isHidden : this.pane.dataset.isShown;
    this.say(words.replace("{}", this.letters.slice(start, end).join("")));
  }

  say(words) {
    this.status.textContent = words;
  }
}
