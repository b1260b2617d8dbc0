// The verifier's keys. j and k walk the list, letters press the button that shows them, numbers choose.
const typing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select") !== null;
let goesSomewhere = 0; // "g" and a letter belong to the menu

function walk(step) {
  const lines = [...document.querySelectorAll("#work [data-line]")];
  const here = lines.findIndex((line) => line.getAttribute("aria-current") === "true");
  const next = lines[Math.min(Math.max(here + step, 0), lines.length - 1)];
  if (next && next !== lines[here]) next.click();
}

function tick() {
  document.querySelector("#work .work-here input[name=pick]")?.click();
}

function number(key) {
  const chosen = document.querySelector(`#work details[open] [data-number="${key}"]`) ?? document.querySelector(`#work [data-press="${key}"]`);
  chosen?.click();
}

function press(key) {
  const found = document.querySelector(`#work [data-press="${CSS.escape(key)}"]`);
  if (!found) return;
  const fold = found.closest("details");
  close(fold); // two open forms would leave it open whose Enter it is
  found.click();
  if (fold?.open) fold.querySelector("select, input:not([type=hidden])")?.focus();
}

function close(but) {
  const open = [...document.querySelectorAll("#work details.work-fold[open]")].filter((fold) => fold !== but);
  for (const fold of open) fold.open = false;
  return open.length > 0;
}

function enter(event) {
  const form = document.querySelector("#work details.work-fold[open] form");
  const chosen = event.target.closest("select"); // of itself Enter only opens its list, on some systems
  if (!form || event.target.closest("button, a, summary") || (chosen && !(chosen.value && form.contains(chosen)))) return false;
  form.requestSubmit();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && event.target.matches("select")) return void (enter(event) && event.preventDefault());
  if (event.key === "Escape" && close()) return event.target.blur();
  if (typing(event.target)) return;
  if (Date.now() - goesSomewhere < 1500) return void (goesSomewhere = 0);
  if (event.key === "g") return void (goesSomewhere = Date.now());
  if (event.key === "Enter") return void (enter(event) && event.preventDefault());
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
  else if (key === "x") tick();
  else if (/^\d$/.test(key)) number(key);
  else if (/^[a-z]$/.test(key)) press(key);
  else return;
  event.preventDefault();
});

function settle() {
  for (const note of document.querySelectorAll("#toasts [data-toast]:not([data-timed])")) {
    note.dataset.timed = "";
    setTimeout(() => note.remove(), note.className.includes("error") ? 15000 : 6000);
  }
  document.querySelector("#work .work-here")?.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:afterSettle", settle);
settle();

const more = document.getElementById("more-keys");
if (more) document.querySelector("#keys .keys")?.append(more.content.cloneNode(true));
