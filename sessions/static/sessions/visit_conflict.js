/* Two versions of one draft, side by side: nothing is overwritten until a person has chosen. */

const SILENT = new Set(["csrfmiddlewaretoken", "revision", "sites", "others"]);

function label(form, name) {
  const control = form.querySelector(`[name="${CSS.escape(name)}"]`);
  if (!control || control.type === "hidden") return null;
  const named = control.type === "radio" ? control.closest("fieldset")?.querySelector("legend") : control.labels?.[0];
  const site = control.closest("[data-site]")?.querySelector("legend");
  return [site, named].filter(Boolean).map((each) => each.textContent.trim()).join(", ") || name;
}

/* A value as the page words it: an option's text, a choice's label, or what was typed. */
function worded(form, name, value) {
  if (!value) return "–";
  const [control] = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
  if (control?.tagName === "SELECT") return [...control.options].find((option) => option.value === value)?.text ?? value;
  const choice = form.querySelector(`input[type="radio"][name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  return choice?.labels?.[0]?.textContent.trim() || value;
}

function row(cells) {
  const made = document.createElement("tr");
  cells.forEach((text, place) => {
    const cell = document.createElement(place ? "td" : "th");
    if (!place) cell.scope = "row";
    cell.textContent = text;
    made.append(cell);
  });
  return made;
}

/** Show where the page and the draft saved elsewhere differ; `keep` saves the page's version over the other. */
export function showConflict(form, other, keep) {
  const mine = new FormData(form);
  const names = new Set([...mine.keys(), ...Object.keys(other.form)].filter((name) => !SILENT.has(name)));
  const rows = [...names]
    .map((name) => [name, mine.get(name) ?? "", other.form[name]?.[0] ?? ""])
    .filter(([, here, there]) => here !== there)
    .map(([name, here, there]) => [label(form, name), worded(form, name, here), worded(form, name, there)])
    .filter(([named]) => named);
  const panel = form.querySelector("[data-conflict]");
  panel.querySelector("[data-conflict-message]").textContent = other.message;
  panel.querySelector("[data-conflict-rows]").replaceChildren(...rows.map(row));
  panel.querySelector("[data-keep-mine]").onclick = () => {
    panel.hidden = true;
    keep();
  };
  panel.querySelector("[data-take-other]").onclick = () => window.location.assign(window.location.pathname);
  panel.hidden = false;
  panel.focus();
}
