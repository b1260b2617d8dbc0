// What is drawn into a photo: time, place, the grid's name.
import { clock } from "./texts.js";

const SOON = 4_000;

/** Lines for the foot of a photo. ``place`` is a position the opener knows, or a function that gives one;
 *  without it the phone is asked, if it may be asked without a question to the worker. */
export async function stampOf(form) {
  const own = [form.watermark].flat().filter(Boolean).map(String);
  const at = await position(form);
  const where = at ? form.say("stamp_place", { place: `${at.latitude.toFixed(5)}, ${at.longitude.toFixed(5)}`, m: Math.round(at.accuracy ?? 0) }) : form.say("stamp_no_place");
  return [clock(), where, ...own];
}

/** Where the phone is, as far as the opener or the phone says without asking anybody; null else. */
export async function position(form) {
  const given = typeof form.place === "function" ? await form.place() : form.place;
  if (given) return given;
  const allowed = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  if (allowed?.state !== "granted") return null;
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(({ coords }) => done(coords), () => done(null), { timeout: SOON, maximumAge: 60_000 });
  });
}
