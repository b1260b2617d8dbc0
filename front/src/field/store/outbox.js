// What was recorded here and has to arrive: one operation after the other, its photos beside it.
import { base, recall, theKey } from "./base.js";
import { open, openBytes, seal, sealBytes } from "./seal.js";
import { iso } from "../words.js";

const KEPT = 8 * 24 * 3600 * 1000; // what has arrived stays to be looked at
const hearers = new Set();
let held = null; // all operations by number, read once

/** Called after every change. */
export function onChange(hear) {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

const line = "BroadcastChannel" in self ? new BroadcastChannel("wangge.field") : null; // to other windows
line?.addEventListener("message", async () => {
  held = null;
  await operations();
  for (const hear of hearers) hear();
});

function tell() {
  line?.postMessage("changed");
  for (const hear of hearers) hear();
}

/** All operations, oldest first. */
export async function operations() {
  if (held) return [...held.values()];
  const [key, store] = [await theKey(), await base()];
  const [numbers, sealed] = await Promise.all([store.getAllKeys("ops"), store.getAll("ops")]);
  const read = await Promise.all(sealed.map((bytes, at) => open(key, `op:${numbers[at]}`, bytes).catch(() => null)));
  held = new Map(read.map((op, at) => [numbers[at], op && { ...op, seq: numbers[at] }]).filter(([, op]) => op));
  return [...held.values()];
}

export const loaded = () => (held ? [...held.values()] : []);
export const forget = () => { held = null; };

/** Has the server not yet everything of it? */
export const isWaiting = (op) => !op.dropped && (!op.receipt || (op.state !== "rejected" && photosLeft(op) > 0));
export const waiting = () => loaded().filter(isWaiting);
/** Would it be lost with this phone's data: not arrived, or refused and not yet dealt with? */
export const isUnsettled = (op) => isWaiting(op) || (op.state === "rejected" && !op.dropped);
export const photosLeft = (op) => op.photos.filter((photo) => !photo.done && !photo.refused).length;

/** Keep a new operation and its photos, all or nothing. ``about`` is for this phone's own pages. */
export async function record({ kind, data, photos = [], place = null, about, notBefore = 0, replaces = null }) {
  await operations();
  const key = await theKey();
  const sealedPhotos = await Promise.all(photos.map(async (photo) => [photo.digest, await sealBytes(key, `photo:${photo.digest}`, photo.bytes)]));
  const op = {
    op: crypto.randomUUID(), kind, at: iso(), place, seen: await recall("cursor", ""), data,
    photos: photos.map(({ digest, bytes, type }) => ({ digest, size: bytes.byteLength, type, sent: 0 })),
    about, notBefore, state: "", receipt: "", reason: "", result: null, replaces,
  };
  const number = (await (await base()).get("numbers", "seq") ?? 0) + 1;
  const seq = await add(key, op, number, sealedPhotos);
  await operations(); // another window may have made us forget
  held.set(seq, { ...op, seq });
  if (replaces) await change(replaces, { dropped: true });
  tell();
  return { ...op, seq };
}

/** Under ``number``, or the next free one when another window was quicker. */
async function add(key, op, number, photos) {
  for (let seq = number; ; seq += 1) {
    const sealed = await seal(key, `op:${seq}`, op);
    const work = (await base()).transaction(["ops", "photos", "numbers"], "readwrite");
    if (((await work.objectStore("numbers").get("seq")) ?? 0) >= seq) {
      await work.done;
      continue;
    }
    await work.objectStore("numbers").put(seq, "seq");
    await work.objectStore("ops").add(sealed, seq);
    for (const [digest, bytes] of photos) await work.objectStore("photos").put(bytes, digest);
    await work.done;
    return seq;
  }
}

/** Change what is known of an operation. */
export async function change(seq, values) {
  await operations();
  const before = held.get(seq);
  if (!before) return;
  const { seq: _number, ...op } = { ...before, ...values };
  await (await base()).put("ops", await seal(await theKey(), `op:${seq}`, op), seq);
  await operations();
  held.set(seq, { ...op, seq });
  tell();
}

/** Take back what has not been sent yet; false when it is too late. */
export async function takeBack(seqs) {
  const ops = (await operations()).filter((op) => seqs.includes(op.seq));
  if (ops.some((op) => op.receipt || op.tried)) return false;
  await remove(ops);
  return true;
}

/** Give up what the server refused; its photos go with it. */
export async function drop(seq) {
  const op = (await operations()).find((each) => each.seq === seq);
  if (op) await remove([op]);
}

async function remove(ops) {
  const others = new Set(loaded().filter((op) => !ops.includes(op)).flatMap((op) => op.photos.map((photo) => photo.digest)));
  const work = (await base()).transaction(["ops", "photos"], "readwrite");
  for (const op of ops) {
    await work.objectStore("ops").delete(op.seq);
    for (const { digest } of op.photos) if (!others.has(digest)) await work.objectStore("photos").delete(digest);
  }
  await work.done;
  for (const op of ops) held?.delete(op.seq);
  tell();
}

/** Bytes of a photo that is still here, or null. */
export async function photo(digest) {
  const sealed = await (await base()).get("photos", digest);
  return sealed ? openBytes(await theKey(), `photo:${digest}`, sealed).catch(() => null) : null;
}

/** A photo the server has needs no room here any more. */
export const dropPhoto = async (digest) => (await base()).delete("photos", digest);

/** Arrived and old: no longer needed on this phone. */
export async function tidy() {
  const old = (await operations()).filter((op) => !isUnsettled(op) && Date.now() - Date.parse(op.at) > KEPT);
  if (old.length) await remove(old);
}
