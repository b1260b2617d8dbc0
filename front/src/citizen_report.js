// What 随手拍 can do more with a script than without: small photos, a place, sending until it has arrived.
import { groundPicker } from "./citizen_ground.js";
import { photoPicker } from "./citizen_photos.js";
import { send } from "./citizen_sending.js";

const DRAFT = "wangge.report.draft";
const KEPT = ["system", "kind", "words", "address", "community"]; // never a name, a phone or a place
const DAYS = 7 * 24 * 3600 * 1000;

function start(form) {
  const status = document.querySelector("[data-status]");
  const says = form.dataset;
  let now = null; // tries at once, while something is being sent

  const photos = photoPicker(form, (words) => tell("bad", words));
  placePicker(form);
  if (!("kept" in says) && restore(form)) tell("", says.saysDraft, says.saysClear, () => { drop(); location.reload(); });
  for (const name of ["input", "change"]) form.addEventListener(name, () => keep(form));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (now) now();
    else now = send(form, heard, answered, () => photos.body());
  });

  function heard(state) {
    if (state === "sending") tell("", says.saysSending);
    if (state === "not-yet") tell("bad", says.saysNotYet, says.saysNow, () => now());
    if (state === "arrived") {
      drop();
      removeEventListener("beforeunload", stay);
      tell("good", says.saysArrived);
    } else addEventListener("beforeunload", stay);
  }

  /** The server wants something else: its errors are shown, the photos of this phone stay. */
  async function answered(response) {
    removeEventListener("beforeunload", stay);
    now = null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
    document.querySelector("[data-errors]")?.focus();
    document.querySelector("[data-errors]")?.scrollIntoView();
    const next = document.querySelector("form[data-report]");
    if (next) start(next).keep(photos.kept());
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
  return photos;
}

function stay(event) {
  event.preventDefault(); // asks before a report that has not arrived is left behind
}

function placePicker(form) {
  const { lon, lat, community } = form.elements;
  const found = form.querySelector("[data-found]");
  const ground = groundPicker(form.querySelector("[data-map]"), form.dataset.ground, put);
  form.querySelector("[data-point]").hidden = false;
  if (lon.value) ask();

  form.querySelector("[data-here]").addEventListener("click", () => {
    say("", form.dataset.saysLooking);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => put(coords.longitude, coords.latitude),
      () => say("bad", form.dataset.saysNoPlace),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
  community.addEventListener("change", () => {
    if (!community.value) return;
    lon.value = lat.value = "";
    say("", "");
    ground.clear();
  });

  function put(x, y) {
    lon.value = x.toFixed(6);
    lat.value = y.toFixed(6);
    community.value = "";
    ground.show(x, y);
    ask();
  }

  async function ask() {
    const asked = { lon: lon.value, lat: lat.value };
    const body = new URLSearchParams(asked);
    const response = await fetch(form.dataset.where, { method: "POST", body }).catch(() => null);
    if (lon.value !== asked.lon || lat.value !== asked.lat) return; // another place is meant by now
    if (!response?.ok) return say("", form.dataset.saysNotAsked);
    const { inside, words } = await response.json();
    say(inside ? "good" : "bad", words);
  }

  function say(look, words) {
    found.className = `note ${look}`;
    found.textContent = words;
  }
}

function keep(form) {
  try {
    const values = Object.fromEntries(KEPT.map((name) => [name, form.elements[name].value]));
    localStorage.setItem(DRAFT, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // storage is full or forbidden: the form works without a draft
  }
}

function drop() {
  try {
    localStorage.removeItem(DRAFT);
  } catch {
    // nothing was kept
  }
}

function restore(form) {
  try {
    const held = JSON.parse(localStorage.getItem(DRAFT));
    if (!held?.values.words || Date.now() - held.at > DAYS) return false;
    for (const [name, value] of Object.entries(held.values)) form.elements[name].value = value;
    return true;
  } catch {
    return false;
  }
}

const form = document.querySelector("form[data-report]");
if (form) start(form);
