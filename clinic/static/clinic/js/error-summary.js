// The summary takes the focus when the page opens, and its links focus the control, not only scroll to it.
const summary = document.querySelector("[data-error-summary]");

if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const frame = control.closest(".field") ?? control;
    frame.scrollIntoView();
    control.focus({ preventScroll: true });
  });
}
