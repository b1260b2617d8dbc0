// What the declaration form can do more with a script than without; its own entry, loaded by that page only.
import { dropDraft, keepDraft, restoreDraft } from "./citizen_draft.js";
import { addPerson, dropPerson } from "./citizen_people.js";
import { send } from "./citizen_sending.js";

const HAS = CSS.supports("selector(:has(*))");

function start(form) {
  const status = document.querySelector("[data-status]");
  const says = form.dataset;
  let now = null; // tries at once, while something is being sent

  if (!("kept" in says) && restoreDraft(form)) tell("", says.saysDraft, says.saysClear, () => {
    dropDraft(form);
    location.reload();
  });
  if (!HAS) form.addEventListener("change", () => showByKind(form));
  if (!HAS) showByKind(form);
  form.addEventListener("input", () => keepDraft(form));
  form.addEventListener("change", () => keepDraft(form));
  form.querySelector("[name='trip.from_text']")?.addEventListener("focus", listRegions, { once: true });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wish = event.submitter?.value ?? "send";
    if (wish === "add") addPerson(form)?.querySelector("input")?.focus();
    else if (wish.startsWith("drop-")) drop(Number(wish.slice(5)));
    else if (now) now();
    else now = send(form, heard, answered);
  });

  function drop(number) {
    dropPerson(form, number);
    keepDraft(form);
    form.querySelector("[data-add]").focus();
  }

  function heard(state) {
    if (state === "sending") tell("", says.saysSending);
    if (state === "not-yet") tell("bad", says.saysNotYet, says.saysNow, () => now());
    if (state === "arrived") {
      dropDraft(form);
      removeEventListener("beforeunload", stay);
      tell("good", says.saysArrived);
    } else addEventListener("beforeunload", stay);
  }

  async function answered(response) {
    removeEventListener("beforeunload", stay);
    now = null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
    document.querySelector("[data-errors]")?.focus();
    document.querySelector("[data-errors]")?.scrollIntoView();
    const next = document.querySelector("form[data-declare]");
    if (next) start(next);
  }

  function tell(look, words, does = "", act = null) {
    status.className = `note ${look}`;
    status.replaceChildren(words);
    if (!act) return;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: does });
    button.className = "weui-btn weui-btn_default";
    button.addEventListener("click", act);
    status.append(button);
  }
}

function stay(event) {
  event.preventDefault(); // asks before a declaration that has not arrived is left behind
}

/** For browsers without :has(): show what the chosen kind asks. */
function showByKind(form) {
  const kind = form.elements.kind.value;
  for (const each of form.querySelectorAll("[data-kinds]")) each.hidden = !each.dataset.kinds.split(" ").includes(kind);
  const others = !["", "self"].includes(form.elements.reported_by.value);
  for (const each of form.querySelectorAll(".for-others, [data-who=other]")) each.hidden = !others;
  for (const each of form.querySelectorAll("[data-who=self]")) each.hidden = others;
}

async function listRegions(event) {
  const response = await fetch(event.target.form.dataset.regions).catch(() => null);
  if (!response?.ok) return; // typing goes on without the list
  const list = document.createElement("datalist");
  list.id = "regions";
  list.append(...(await response.json()).regions.map((name) => Object.assign(document.createElement("option"), { value: name })));
  document.body.append(list);
  event.target.setAttribute("list", "regions");
}

const form = document.querySelector("form[data-declare]");
if (form) start(form);
