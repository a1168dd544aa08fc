/* The visit's page: the dose while one types, drafts that save themselves, settings taken over from the last visit.
 *
 * Everything here is comfort: the form works without it, and the server computes every figure again.
 */
import { addEnergies, compareEnergy, computeDose } from "./dose.js";
import { showConflict } from "./visit_conflict.js";

const form = document.getElementById("visit");
const words = JSON.parse(document.getElementById("dose-words").textContent);
const formerTag = document.getElementById("former-settings");
const former = formerTag ? JSON.parse(formerTag.textContent) : null;
const fills = JSON.parse(document.getElementById("fills").textContent);
const saved = document.querySelector("[data-saved]");
const missing = document.querySelector("[data-missing]");

const field = (name) => form.elements.namedItem(name);
const value = (name) => {
  const found = field(name);
  return found ? found.value.trim() : "";
};

/* The dose --------------------------------------------------------------------------------------------------------- */

function settingsOf(site) {
  const of = (name) => value(`laser-${site}-${name}`);
  const duty = of("duty_cycle_percent");
  return {
    mode: of("mode") || "cw",
    technique: of("technique"),
    averagePowerW: of("average_power_w"),
    peakPowerW: of("peak_power_w"),
    pulseDurationS: of("pulse_duration_s"),
    frequencyHz: of("frequency_hz"),
    dutyCycle: duty === "" ? "" : percent(duty),
    points: of("points"),
    timePerPointS: of("seconds_per_point"),
    emissionTimeS: of("emission_s"),
    spotAreaCm2: of("spot_area_cm2"),
    treatedAreaCm2: of("treated_area_cm2"),
  };
}

/* Per cent as a fraction, by moving the point: dividing by 100 in binary would change the last digits. */
function percent(text) {
  return /^\d+(\.\d+)?$/.test(text) ? `${text}e-2` : text;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function quantityLine(label, quantity) {
  if (quantity.notComputable) return element("p", "readout__why", `${label}: ${words.reasons[quantity.notComputable]}.`);
  const item = element("div", "readout__item", "");
  item.append(
    element("span", "readout__value", quantity.text),
    element("span", "readout__label", label),
    element("span", "readout__formula small muted", quantity.formula),
  );
  return item;
}

function showDose(fieldset) {
  const site = fieldset.dataset.site;
  const readout = fieldset.querySelector("[data-dose]");
  if (!value(`laser-${site}-device`)) {
    readout.replaceChildren();
    return null;
  }
  const dose = computeDose(settingsOf(site));
  const lines = words.quantities
    .filter(([name]) => !words.hidden.includes(dose[name].notComputable))
    .map(([name, label]) => quantityLine(label, dose[name]));
  const typed = value(`laser-${site}-energy_typed_j`);
  if (typed && compareEnergy(typed, dose.energyTotalJ).differs) lines.push(element("p", "readout__why", words.differs));
  const text = lines.map((line) => line.textContent).join("\n");
  if (readout.textContent !== text) readout.replaceChildren(...lines);
  return dose.energyTotalJ;
}

function showDoses() {
  const energies = [...form.querySelectorAll("[data-site]")].map(showDose).filter(Boolean);
  const total = document.querySelector("[data-total]");
  const sum = energies.length > 1 ? addEnergies(energies) : null;
  const whole = sum && sum.total;
  total.textContent = whole && whole.text ? `${words.total}: ${whole.text}` : "";
}

/* Taking settings over: places and settings, never findings ------------------------------------------------------------ */

const COPIED = [
  "device", "handpiece", "protocol", "region", "side", "levels", "mode", "technique", "average_power_w", "emission_s", "treated_area_cm2",
  "points", "seconds_per_point", "spot_area_cm2", "peak_power_w", "pulse_duration_s", "frequency_hz", "duty_cycle_percent",
  "wavelength_shares", "copied_from",
];

function fill(place, site) {
  for (const name of COPIED) {
    const input = field(`laser-${place}-${name}`);
    if (input) input.value = site ? (site[name] ?? "") : name === "mode" ? "cw" : "";
  }
}

/* With more sites than the page has places, the server lays them out: the button is an ordinary one, and this leaves it alone. */
function copyFormer(event) {
  const places = form.querySelectorAll("[data-site]").length;
  if (former.length > places) return;
  event.preventDefault();
  former.forEach((site, place) => fill(place, site));
  document.querySelector("[data-copied]").hidden = false;
  changed();
}

function clearLaser() {
  form.querySelectorAll("[data-site]").forEach((fieldset) => fill(fieldset.dataset.site, null));
  document.querySelector("[data-copied]").hidden = true;
  changed();
}

/* A chosen protocol fills its site with what the clinic has agreed on; a handpiece brings its device and its spot. */
function fillFromChoice(event) {
  const [, place, kind] = /^laser-(\d+)-(protocol|handpiece)$/.exec(event.target.name || "") || [];
  const values = kind && fills[kind][event.target.value];
  if (!values) return;
  for (const [name, given] of Object.entries(values)) {
    const input = field(`laser-${place}-${name}`);
    if (input) input.value = given;
  }
}

/* What is not there yet, in words --------------------------------------------------------------------------------------- */

function checked(name) {
  return Boolean(form.querySelector(`input[name="${name}"]:checked`));
}

function showMissing() {
  const open = [];
  if (!checked("pain_before")) open.push(words.painBefore);
  if (!checked("pain_after") && !value("no_pain_after_reason")) open.push(words.painAfter);
  if (!checked("reaction")) open.push(words.reaction);
  missing.textContent = open.length ? words.missing.replace("%(what)s", open.join(", ")) : "";
}

/* Drafts ------------------------------------------------------------------------------------------------------------- */

let timer = null;
let running = false;
let again = false;
let stopped = false;

async function save() {
  timer = null;
  if (running || stopped) {
    again = running;
    return;
  }
  running = true;
  saved.textContent = words.saving;
  try {
    const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (answer.ok) {
      field("revision").value = said.revision;
      saved.textContent = said.saved;
    } else if (answer.status === 409) {
      stopped = true;
      saved.textContent = said.message || "";
      if (said.form) showConflict(form, said, () => keepMine(said.revision));
    } else {
      saved.textContent = words.unsaved;
    }
  } catch {
    saved.textContent = words.unsaved;
    again = true;
  }
  running = false;
  if (again) {
    again = false;
    later(5000);
  }
}

function keepMine(revision) {
  field("revision").value = revision;
  stopped = false;
  save();
}

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(save, milliseconds);
}

function changed() {
  showDoses();
  showMissing();
  later(800);
}

form.addEventListener("input", changed);
form.addEventListener("change", (event) => {
  fillFromChoice(event);
  changed();
});
let sent = false;
form.addEventListener("submit", (event) => {
  if (sent) event.preventDefault(); // the second of two taps
  sent = stopped = true;
  clearTimeout(timer);
});

/* Whoever turns away in the middle of a word has said it: what waits to be saved goes out with the page. */
window.addEventListener("pagehide", () => {
  if (!timer || stopped || running) return;
  clearTimeout(timer);
  fetch(form.dataset.draftUrl, { method: "POST", body: new FormData(form), keepalive: true });
});

/* A page out of the browser's memory knows neither the newest draft nor whether the visit was signed. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

for (const button of form.querySelectorAll("[data-clear-site]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    fill(button.closest("[data-site]").dataset.site, null);
    changed();
  });
}

for (const button of document.querySelectorAll("[data-sets]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const choice = form.querySelector(`input[name="${button.dataset.sets}"][value="${button.dataset.value}"]`);
    choice.checked = true;
    changed();
  });
}

const phrases = document.querySelector("[data-phrases]");
phrases.hidden = false;
phrases.addEventListener("click", (event) => {
  const phrase = event.target.dataset.phrase;
  if (!phrase) return;
  const note = field("note");
  const space = note.selectionStart > 0 && !/\s$/.test(note.value.slice(0, note.selectionStart)) ? " " : "";
  note.setRangeText(space + phrase, note.selectionStart, note.selectionEnd, "end");
  note.focus();
  changed();
});

if (former) {
  for (const [selector, action] of [["[data-copy-former]", copyFormer], ["[data-clear-laser]", clearLaser]]) {
    const button = document.querySelector(selector);
    button.hidden = false;
    button.addEventListener("click", action);
  }
}
for (const button of form.querySelectorAll("[data-no-script]")) button.hidden = true;
showDoses();
showMissing();
