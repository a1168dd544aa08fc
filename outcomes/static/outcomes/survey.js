// The survey works without any of this: it adds the device's clock, and keeps a shared tablet clean.

const WARN_MS = 90_000;
const CLOSE_MS = 30_000;

// A page kept by the browser for "back" may hold somebody else's answers.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

for (const form of document.querySelectorAll("form[data-send]")) {
  form.addEventListener("submit", () => {
    form.elements.device_time.value = new Date().toISOString();
    form.elements.zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  });
}

/** On the clinic's tablet: ask whether somebody is there, then close. */
function watchIdleness(question) {
  let timer = 0;
  const close = () => question.submit();
  const warn = () => {
    question.hidden = false;
    question.querySelector("[data-stay]").focus();
    timer = window.setTimeout(close, CLOSE_MS);
  };
  const wait = () => {
    window.clearTimeout(timer);
    question.hidden = true;
    timer = window.setTimeout(warn, WARN_MS);
  };
  for (const kind of ["pointerdown", "keydown", "scroll", "change"]) {
    document.addEventListener(kind, () => question.hidden && wait(), { passive: true });
  }
  question.querySelector("[data-stay]").addEventListener("click", wait);
  wait();
}

for (const question of document.querySelectorAll("[data-still-there]")) watchIdleness(question);
