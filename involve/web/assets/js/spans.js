// Spans of a text in code points, as the server counts them: which are hidden, and what the text is without them.

/** Return the span that the value of a box says: {start, end, kind}. */
export function readSpan(value) {
  const [start, end, kind] = value.split(":");
  return { start: Number(start), end: Number(end), kind };
}

/** Return the spans in order, those that overlap as one, under the kind of the longest: as `redaction.py` does. */
export function mergeSpans(spans) {
  const merged = [];
  let longest = 0;
  for (const { start, end, kind, words } of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged[merged.length - 1];
    if (last && start < last.end) {
      last.kind = end - start > longest ? kind : last.kind;
      longest = Math.max(longest, end - start);
      last.end = Math.max(last.end, end);
    } else {
      merged.push({ start, end, kind, words });
      longest = end - start;
    }
  }
  return merged;
}

/** Return the spans with the words that the teller agreed to: where something else is hidden, these have no effect. */
function withWordings(spans, wordings) {
  let all = [...spans];
  for (const { start, end, words, covers } of wordings) {
    const within = spans.filter((span) => span.start < end && start < span.end);
    if (within.every((span) => covers.some(([from, to]) => from === span.start && to === span.end))) {
      all = [...all.filter((span) => !within.includes(span)), { start, end, words }];
    }
  }
  return all;
}

/** Return the text (an array of code points) with the mark of its kind, or other words, in the place of each span. */
export function redact(letters, spans, marks, wordings = []) {
  let text = "";
  let read = 0;
  for (const { start, end, kind, words } of mergeSpans(withWordings(spans, wordings))) {
    text += letters.slice(read, start).join("") + (words ?? marks[kind]);
    read = end;
  }
  return text + letters.slice(read).join("");
}

/** Return the words of the text as {start, end}, without the marks around them. */
export function findWords(letters) {
  const words = [];
  const isWord = letters.map((letter) => /[\p{L}\p{N}\p{M}_’'@.+-]/u.test(letter));
  for (let at = 0; at < letters.length; at += 1) {
    if (!isWord[at] || (at > 0 && isWord[at - 1])) continue;
    let end = at;
    while (end < letters.length && isWord[end]) end += 1;
    let start = at;
    while (start < end && /[’'.+-]/.test(letters[start])) start += 1;
    while (end > start && /[’'.+-]/.test(letters[end - 1])) end -= 1;
    if (start < end) words.push({ start, end });
  }
  return words;
}

/** Return each place where a line of *typed* stands in the text, as spans of that kind. */
export function findTyped(letters, typed, kind) {
  const text = letters.join("");
  const spans = [];
  for (const line of typed.split("\n").map((each) => each.trim()).filter(Boolean)) {
    const length = Array.from(line).length;
    for (let at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + line.length)) {
      const start = Array.from(text.slice(0, at)).length;
      spans.push({ start, end: start + length, kind });
    }
  }
  return spans;
}
