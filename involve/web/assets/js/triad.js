// A triad: a spot in a triangle, by tap, drag or arrow keys. It writes whole per cents into the three boxes, which work
// alone too and are what is sent; the server settles them by the same rule.
const CORNERS = [[100, 8], [8, 168], [192, 168]];
const STEP = 5;
const MOVES = { ArrowUp: [2, -1, -1], ArrowDown: [-2, 1, 1], ArrowLeft: [0, 2, -2], ArrowRight: [0, -2, 2] };

const settle = (weights) => {
  const kept = weights.map((weight) => Math.max(0, weight));
  const total = kept[0] + kept[1] + kept[2];
  const exact = kept.map((weight) => (100 * weight) / total);
  const shares = exact.map(Math.floor);
  const rest = [0, 1, 2].sort((i, j) => shares[i] - exact[i] - (shares[j] - exact[j]) || i - j);
  const missing = 100 - shares.reduce((sum, share) => sum + share, 0);
  for (const at of rest.slice(0, missing)) shares[at] += 1;
  return shares;
};

const weightsAt = (x, y) => {
  const [[ax, ay], [bx, by], [cx, cy]] = CORNERS;
  const whole = (by - cy) * (ax - cx) + (cx - bx) * (ay - cy);
  const a = ((by - cy) * (x - cx) + (cx - bx) * (y - cy)) / whole;
  const b = ((cy - ay) * (x - cx) + (ax - cx) * (y - cy)) / whole;
  return [a, b, 1 - a - b];
};

const typed = (boxes) => {
  const weights = boxes.map((box) => Number(box.value.replace(",", ".") || 0));
  const usable = weights.every((weight) => weight >= 0) && weights.some((weight) => weight > 0);
  return usable ? settle(weights) : null;
};

const offer = (triad) => {
  const picture = triad.querySelector(".triad__picture");
  const drawing = triad.querySelector("svg");
  const spot = triad.querySelector("circle");
  const boxes = [...triad.querySelectorAll(".triad__numbers input")];
  const labels = [...triad.querySelectorAll(".triad__numbers label")].map((label) => label.textContent);
  const unfit = triad.querySelector("input[type=checkbox]");
  const none = drawing.getAttribute("aria-valuetext");

  const draw = () => {
    const shares = typed(boxes);
    const at = (axis) => shares.reduce((sum, share, i) => sum + (share * CORNERS[i][axis]) / 100, 0);
    spot.setAttribute("cx", shares ? at(0) : -50);
    spot.setAttribute("cy", shares ? at(1) : -50);
    drawing.setAttribute("aria-valuenow", shares ? shares[0] : 33);
    const said = shares ? labels.map((label, i) => `${label}: ${shares[i]} %`).join(", ") : none;
    drawing.setAttribute("aria-valuetext", said);
  };
  const choose = (weights) => {
    settle(weights).forEach((share, i) => (boxes[i].value = share));
    unfit.checked = false;
    draw();
  };
  const follow = (event) => {
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    choose(weightsAt(place.x, place.y));
  };

  drawing.addEventListener("pointerdown", (event) => {
    drawing.setPointerCapture(event.pointerId);
    follow(event);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (drawing.hasPointerCapture(event.pointerId)) follow(event);
  });
  drawing.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const from = typed(boxes) ?? [34, 33, 33];
    choose(from.map((share, i) => Math.max(0, share + (move[i] * STEP) / 2)));
  });
  triad.addEventListener("input", draw);
  picture.hidden = false;
  draw();
};

export const offerTriads = () => document.querySelectorAll("[data-triad]").forEach(offer);
