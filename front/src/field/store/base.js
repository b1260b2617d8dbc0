// The store on this phone. Keys are numbers, hashes and names of sections: they tell nothing of anybody.
//   keys    the one CryptoKey           meta     sealed small things by name: who, device, cursor …
//   rows    sealed buckets of what the server sent, "people:7"
//   ops     sealed operations by their number on this device     photos  sealed bytes by SHA-256
//   drafts  sealed half-filled forms, by the hash of their name  numbers the last number used
import { openDB, deleteDB } from "idb";
import { newKey, open, seal } from "./seal.js";

const NAME = "wangge-field";
const SHELVES = ["keys", "meta", "rows", "ops", "photos", "drafts", "numbers"];
let opened = null;
let key = null;
let over = false;

/** Throws after a wipe: nothing may come back by a page that was still being drawn. */
export function base() {
  if (over) return Promise.reject(new Error("wiped"));
  opened ??= openDB(NAME, 1, {
    upgrade: (made) => { for (const shelf of SHELVES) made.createObjectStore(shelf); },
    blocking: () => close(), // another window wants to wipe it
    terminated: () => { opened = null; },
  });
  return opened;
}

function close() {
  opened?.then((held) => held.close());
  opened = key = null;
}

/** The key of this phone; made the first time. */
export async function theKey() {
  if (key) return key;
  const held = await (await base()).get("keys", "key");
  if (held) return (key = held);
  const made = await newKey();
  const work = (await base()).transaction("keys", "readwrite");
  const other = await work.store.get("key"); // another window was quicker
  if (!other) await work.store.put(made, "key");
  await work.done;
  return (key = other ?? made);
}

/** A small thing by name; ``otherwise`` when it is not there or cannot be read any more. */
export async function recall(name, otherwise = null) {
  const sealed = await (await base()).get("meta", name);
  return sealed ? open(await theKey(), `meta:${name}`, sealed).catch(() => otherwise) : otherwise;
}

export async function remember(name, value) {
  const sealed = await seal(await theKey(), `meta:${name}`, value);
  await (await base()).put("meta", sealed, name);
}

/** Nothing stays: the key first, so that whatever a crash leaves behind can no longer be read. */
export async function wipe() {
  await (await base()).clear("keys");
  over = true;
  close();
  await deleteDB(NAME);
  for (const name of await caches.keys()) if (name.startsWith("field-pages")) await caches.delete(name);
  for (const name of Object.keys(localStorage)) if (name.startsWith("wangge.field.") && name !== "wangge.field.large") localStorage.removeItem(name);
}

export const isWiped = () => over;

/** Words for what a full phone throws. */
export const isFull = (error) => error?.name === "QuotaExceededError";
