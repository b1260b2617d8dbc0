// What was typed and not yet sent stays on this phone, by code; never an id number, never the consent.
import { addPerson } from "./citizen_people.js";

const DAYS = 7 * 24 * 3600 * 1000;
const NEVER = /\.id_no$|^consent|^do$|emergency/;
const key = (form) => `wangge.draft.${form.dataset.code}`;

export function keepDraft(form) {
  const values = Object.fromEntries([...new FormData(form)].filter(([name]) => !NEVER.test(name)));
  try {
    localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), values }));
  } catch {
    // storage is full or forbidden: the form works without a draft
  }
}

export function dropDraft(form) {
  try {
    localStorage.removeItem(key(form));
  } catch {
    // nothing was kept
  }
}

/** Fill in what was kept; true when there was something. */
export function restoreDraft(form) {
  const values = read(form);
  if (!values) return false;
  while (form.querySelector("[data-people]").children.length < Number(values.people) && addPerson(form));
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (!field || name === "people") continue;
    field.value = value; // a set of radio buttons takes a value too
    if (value) field.closest?.("details")?.setAttribute("open", "");
  }
  return true;
}

function read(form) {
  try {
    const held = JSON.parse(localStorage.getItem(key(form)));
    return held && Date.now() - held.at < DAYS ? held.values : null;
  } catch {
    return null;
  }
}
