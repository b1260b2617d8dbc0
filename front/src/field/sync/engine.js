// One round after the other: who is signed in → this phone is known → texts → what is new → photos.
// One window at a time (navigator.locks). What fails is tried again, later and later.
import { NotNow, Refused, SignedOut, addresses, ahead, post, send, whoami } from "../wire.js";
import { isWiped, recall, remember, wipe } from "../store/base.js";
import { change, operations, tidy, waiting } from "../store/outbox.js";
import { pull, pullAhead, skewOf } from "./pull.js";
import { pushPhotos } from "./photos.js";
import { pushTexts } from "./push.js";
import { state, tell } from "./state.js";

const WAITS = [2, 5, 10, 20, 40, 60]; // seconds
const AT_REST = 10 * 60_000;
const DAY = 24 * 3600 * 1000;
let tries = 0;
let timer = 0;
let touched = Date.now();
let again = false;
let hooks = {};

/** ``given`` = { otherUser(me), wiped(why), tooLong(), first() }: what only pages can answer. */
export function begin(given) {
  hooks = given;
  addEventListener("online", () => { tell({ online: true }); soon(0); });
  addEventListener("offline", () => tell({ online: false }));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon(0));
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
  // Left alone, the phone asks nothing: the session may end as it would anywhere else.
  setInterval(() => (Date.now() - touched < AT_REST || waiting().length) && soon(0), AT_REST);
  return sync();
}

/** A round in so many seconds. */
export function soon(seconds) {
  clearTimeout(timer);
  timer = setTimeout(sync, seconds * 1000);
}

/** A round now. */
export async function sync() {
  clearTimeout(timer);
  if (state.working) {
    again = true;
    return;
  }
  if (isWiped()) return;
  if (isTooLong()) return hooks.tooLong();
  tell({ working: true, trouble: "" });
  try {
    await navigator.locks.request("wangge-field-sync", { ifAvailable: true }, (lock) => (lock ? round() : soon(5)));
  } catch (error) {
    await failed(error);
  } finally {
    tell({ working: false, phase: "", sending: new Set() });
  }
  if (again) {
    again = false;
    soon(0);
  }
}

/** So many days without contact that nothing may stay here; also in a window that was never closed. */
export const isTooLong = () => Boolean(state.contact) && Date.now() - state.contact > state.days * DAY;

async function round() {
  const before = await recall("me");
  const begun = before ? null : register(); // nobody's data are here yet: both are asked at once
  begun?.catch(() => {}); // told below, unless who is signed in says more
  const me = await whoami();
  if (before && before.id !== me.id) return hooks.otherUser(me);
  if (!before && !me.works) return tell({ signedOut: false, noRight: true, online: true });
  await remember("me", me);
  tell({ signedOut: false, noRight: !me.works, online: true, wipe: false });
  if (!before) await pullAhead(await ahead().catch(() => null)); // without it the list comes with the rest
  const device = await (begun ?? register());
  for (;;) {
    const answer = await pushTexts(device);
    if (answer) tell({ skew: skewOf(answer.server) });
    if (state.wipe) return lastWords(device);
    if (!(await pull(device))) return lastWords(device);
    tell({ contact: Date.now() });
    await remember("contact", state.contact); // a photo that will not go through does not make us strangers
    if (!(await pushPhotos(device, textWaits))) break;
  }
  await fetchCards();
  await tidy();
  tell({ trouble: "" });
  if (waiting().some(isUnanswered)) later();
  else settled();
  hooks.first?.();
}

/** The server stopped in the middle (a lock, a photo it does not know of): the rest goes soon, not in a minute. */
const isUnanswered = (op) => !op.trouble && op.notBefore <= Date.now();

function settled() {
  tries = 0;
  if (waiting().length) soon(laterMost());
}

/** Tried again, later each time. */
function later(after = 0) {
  const wait = after || WAITS[Math.min(tries, WAITS.length - 1)];
  tries += 1;
  soon(wait * (0.8 + Math.random() * 0.4));
}

/** The right has ended or the phone was revoked: what was recorded still goes, then nothing stays here. Without
 *  signal in between it is tried again. */
async function lastWords(device) {
  await pushTexts(device);
  await pushPhotos(device, async () => false);
  await wipe();
  await post("wiped/", { device }).catch(() => {});
  hooks.wiped("revoked");
}

const textWaits = async () => (await operations()).some((op) => !op.receipt && !op.dropped && !op.trouble && op.notBefore <= Date.now());
/** When the earliest that is held back becomes due; others were answered or wait for their turn. */
const laterMost = () => {
  const held = waiting().map((op) => (op.notBefore - Date.now()) / 1000).filter((seconds) => seconds > 0);
  return held.length ? Math.min(...held) + 0.1 : 60;
};

let registered = "";

/** This phone is known to the server; asked once each time the app is opened. */
async function register() {
  const device = (await recall("device")) ?? crypto.randomUUID();
  if (registered === device) return device;
  await remember("device", device);
  const answer = await post("devices/", { device, name: phoneName(), app: "web" });
  registered = device;
  await remember("days", answer.days);
  tell({ days: answer.days, skew: skewOf(answer.server) });
  return device;
}

/** "Android 手机" is enough to find it among one's own. */
function phoneName() {
  const [, found] = /\((?:Linux; )?([^;)]+(?:; [^;)]+)?)/.exec(navigator.userAgent) ?? [];
  return (found ?? "").slice(0, 60);
}

/** The picture of a call-back card's link is drawn by the server and kept. */
async function fetchCards() {
  for (const op of await operations()) {
    const link = op.result?.call_back?.link;
    if (!link || op.qr) continue;
    const answer = await send(addresses.qr, { link }).catch(() => null);
    if (answer?.ok) await change(op.seq, { qr: await answer.text() });
  }
}

async function failed(error) {
  const device = await recall("device");
  if (error instanceof Refused && error.data.wipe && device) return lastWords(device).catch(failedLastWords);
  if (error instanceof Refused && error.data.error === "unknown_device") {
    registered = "";
    return soon(1);
  }
  if (error instanceof SignedOut) return tell({ signedOut: true, online: true });
  if (error instanceof Refused && error.status === 403) return tell({ noRight: true, trouble: error.data.reason ?? "" });
  const offline = error instanceof NotNow && error.message === "offline";
  tell({ online: offline ? false : state.online, trouble: offline ? "" : error.message });
  later(error.after);
  if (!(error instanceof NotNow)) console.warn("sync:", error);
}

/** What the server will not have of a phone that may no longer send is not worth keeping its data for. */
async function failedLastWords(error) {
  if (!(error instanceof Refused)) return failed(error);
  await wipe();
  return hooks.wiped("revoked");
}
