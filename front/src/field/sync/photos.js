// Photos go after the texts, in chunks; a broken-off one goes on where the server has got to.
import { Refused, get, put } from "../wire.js";
import { change, dropPhoto, operations, photo as bytesOf } from "../store/outbox.js";
import { tell } from "./state.js";

const CHUNK = 192 * 1024;

/** Send the photos whose text has arrived, also of refused ones: somebody may yet decide for them. ``more()`` says that a new text waits: it goes first. */
export async function pushPhotos(device, more) {
  for (const op of await operations()) {
    if (!op.receipt || op.dropped) continue;
    for (const photo of op.photos) {
      if (photo.done || photo.refused) continue;
      if (await more()) return true;
      tell({ phase: "photos", sending: new Set([op.seq]) });
      await pushOne(device, op, photo);
    }
  }
  tell({ sending: new Set() });
  return false;
}

async function pushOne(device, op, { digest, size }) {
  const bytes = await bytesOf(digest);
  try {
    let there = await get(`photos/${digest}/?device=${device}`);
    while (!there.complete && !there.refused) {
      if (!bytes) return void (await note(op, digest, { refused: "lost" }));
      there = await pushPiece(device, digest, size, bytes, there.received);
      await note(op, digest, { sent: there.received });
    }
    await note(op, digest, there.refused ? { refused: there.reason || there.words || there.refused } : { done: true, sent: size });
    if (!(await mayGoAgain(digest))) await dropPhoto(digest);
  } catch (error) {
    if (!(error instanceof Refused) || error.status === 403 || error.data.error === "unknown_device") throw error;
    if (error.status !== 409) return void (await note(op, digest, { refused: error.message }));
    if (!op.again) await change(op.seq, { receipt: "", state: "", again: true }); // the server does not know of it: its text goes once more
    else await note(op, digest, { refused: error.message });
  }
}

/** A refused record is put right and sent again with its photos, so they stay here. */
const mayGoAgain = async (digest) => (await operations()).some((op) => op.state === "rejected" && !op.dropped && op.photos.some((photo) => photo.digest === digest));

/** One piece; where the server has got further or less far than we thought, it says so. */
async function pushPiece(device, digest, size, bytes, offset) {
  try {
    return await put(`photos/${digest}/?offset=${offset}&size=${size}&device=${device}`, bytes.subarray(offset, offset + CHUNK));
  } catch (error) {
    if (error instanceof Refused && error.data.error === "offset" && error.data.received !== offset) return error.data;
    throw error;
  }
}

/** Every operation with this photo knows. */
async function note(op, digest, values) {
  for (const each of await operations()) {
    if (each.seq !== op.seq && !(values.done && each.photos.some((photo) => photo.digest === digest))) continue;
    await change(each.seq, { photos: each.photos.map((photo) => (photo.digest === digest ? { ...photo, ...values } : photo)) });
  }
}
