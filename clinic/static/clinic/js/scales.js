// Rating boxes: digit keys. Line scale: tap, drag, keys, plus and minus. Both also arrive by htmx.

const TEN_WITHIN_MS = 700;

/** Digits choose in the scale that has the focus; 1 then 0 within a moment is ten. */
function startBoxes(scale) {
  let one = 0;
  scale.addEventListener("keydown", (event) => {
    if (!/^[0-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const ten = event.key === "0" && event.timeStamp - one < TEN_WITHIN_MS && one > 0;
    const value = ten ? "10" : event.key;
    one = event.key === "1" ? event.timeStamp : 0;
    const box = scale.querySelector(`input[value="${value}"]`);
    if (!box) return;
    event.preventDefault();
    box.checked = true;
    box.focus();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  recordLayout(scale);
}

/** The layout a person answered in is part of the answer: row of boxes, or list. */
function recordLayout(scale) {
  const field = scale.closest("form")?.querySelector("input[name='layout']");
  const row = scale.querySelector(".nprs__row");
  if (!field || !row) return;
  const note = () => {
    field.value = getComputedStyle(row).flexDirection === "column" ? "list" : "row";
  };
  new ResizeObserver(note).observe(scale);
  note();
}

function startLine(scale) {
  const line = scale.querySelector(".vas__line");
  const number = scale.querySelector("input[type='number']");
  const mark = scale.querySelector(".vas__mark");
  const length = scale.querySelector("[data-line-px]");
  const minimum = Number(scale.dataset.min);
  const maximum = Number(scale.dataset.max);

  const show = (value) => {
    const x = (1000 * (value - minimum)) / (maximum - minimum);
    mark.setAttribute("x1", x);
    mark.setAttribute("x2", x);
    line.setAttribute("aria-valuenow", value);
    line.setAttribute("aria-valuetext", `${value} / ${maximum}`);
    scale.dataset.touched = "yes";
  };
  const choose = (value) => {
    const whole = Math.min(maximum, Math.max(minimum, Math.round(value)));
    number.value = whole;
    length.value = Math.round(line.getBoundingClientRect().width);
    show(whole);
    number.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const chooseAt = (event) => {
    const frame = line.getBoundingClientRect();
    choose(minimum + ((event.clientX - frame.left) / frame.width) * (maximum - minimum));
  };
  const current = () => (number.value === "" ? null : Number(number.value));
  const step = (by) => choose((current() ?? (minimum + maximum) / 2) + by);

  line.addEventListener("pointerdown", (event) => {
    line.setPointerCapture(event.pointerId);
    chooseAt(event);
  });
  line.addEventListener("pointermove", (event) => {
    if (line.hasPointerCapture(event.pointerId)) chooseAt(event);
  });
  line.addEventListener("keydown", (event) => {
    const keys = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
    if (event.key in keys) step(keys[event.key]);
    else if (event.key === "Home") choose(minimum);
    else if (event.key === "End") choose(maximum);
    else return;
    event.preventDefault();
  });
  for (const button of scale.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  number.tabIndex = -1;
  if (current() !== null) show(current());
  scale.classList.add("vas--ready");
}

function start(root) {
  for (const scale of root.querySelectorAll("[data-nprs]:not([data-started])")) {
    scale.dataset.started = "";
    startBoxes(scale);
  }
  for (const scale of root.querySelectorAll("[data-vas]:not([data-started])")) {
    scale.dataset.started = "";
    startLine(scale);
  }
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
