// "/" searches, "g" and a letter goes to a menu line, "j"/"k" walk the rows of a table, "?" explains.
let waitingForTarget = 0;

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
const rows = () => [...document.querySelectorAll("table[data-rows] tbody tr")].filter((row) => row.querySelector("a[href]"));

function goTo(key) {
  const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (link) link.click();
}

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.classList.contains("row-here"));
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  all[here]?.classList.remove("row-here");
  next.classList.add("row-here");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a[href]").focus({ preventScroll: true });
}

const actions = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
  g: () => { waitingForTarget = Date.now(); },
  j: () => walk(1),
  k: () => walk(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (Date.now() - waitingForTarget < 1500) {
    waitingForTarget = 0;
    event.preventDefault();
    return goTo(event.key);
  }
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("table[data-rows] tbody tr");
  if (!row || event.target.closest("a, button, input, label, select") || String(getSelection())) return;
  row.querySelector("a[href]")?.click();
});

// A select or checkbox with data-autosubmit sends its form at once.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-autosubmit]")) event.target.form.requestSubmit();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
