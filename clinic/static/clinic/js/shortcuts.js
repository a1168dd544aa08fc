// "/" finds, "?" helps, Ctrl or Command + Enter presses the main button. All do nothing while typing: a visit signed by a slip
// of the hand in a note could not be unsigned. They can be turned off on this device (WCAG 2.1.4).
const STORAGE_KEY = "backlight.shortcuts-off";
const typing = (element) => element.closest("input:not([type='radio'], [type='checkbox']), textarea, select, [contenteditable='true']");

function storedOff() {
  try {
    return localStorage.getItem(STORAGE_KEY) === "1";
  } catch {
    return false; // storage can be forbidden: then the shortcuts are on, as for a new device
  }
}

function pressMainButton() {
  const buttons = document.querySelectorAll(".action-footer .btn-primary, main form .btn-primary[type='submit']");
  buttons[0]?.click();
}

const off = document.getElementById("shortcuts-off");
if (off) {
  off.checked = storedOff();
  off.addEventListener("change", () => localStorage.setItem(STORAGE_KEY, off.checked ? "1" : "0"));
}

document.addEventListener("keydown", (event) => {
  if (typing(event.target) || off?.checked || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    pressMainButton();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const field = document.querySelector("[data-shortcut='/']");
    if (field) {
      event.preventDefault();
      field.focus();
    }
  } else if (event.key === "?") {
    document.getElementById("shortcuts")?.showModal();
  }
});
