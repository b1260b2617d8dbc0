// The texts of operations go first, at most fifty at a time, oldest first; each is answered with a receipt.
import { Refused, post } from "../wire.js";
import { iso } from "../words.js";
import { change, operations } from "../store/outbox.js";
import { tell } from "./state.js";

const AT_ONCE = 50;

const due = (op) => !op.receipt && !op.dropped && op.notBefore <= Date.now();

function wire({ op, seq, kind, at, place, seen, data, photos }) {
  return { op, seq, kind, at, place, seen, data, photos: photos.map(({ digest, size, type }) => ({ digest, size, type })) };
}

/** Send what is due. Returns the server's last answer, or null when nothing was. */
export async function pushTexts(device) {
  const stuck = new Set(); // what the server could not even read: it must not hold up the others
  let answer = null;
  for (;;) {
    const batch = (await operations()).filter((op) => due(op) && !stuck.has(op.seq)).slice(0, stuck.size ? 1 : AT_ONCE);
    if (!batch.length) return answer;
    answer = (await sendBatch(device, batch, stuck)) ?? answer;
  }
}

async function sendBatch(device, batch, stuck) {
  tell({ sending: new Set(batch.map((op) => op.seq)), phase: "texts" });
  for (const op of batch) if (!op.tried) await change(op.seq, { tried: true });
  try {
    const answer = await post("ops/", { device, sent: iso(), ops: batch.map(wire) });
    if (answer.wipe) tell({ wipe: true });
    const answered = new Set();
    for (const receipt of answer.receipts) answered.add(await take(batch, receipt));
    for (const op of batch) if (!answered.has(op.seq)) stuck.add(op.seq);
    return answer;
  } catch (error) {
    if (!(error instanceof Refused) || error.status === 403) throw error;
    if (batch.length > 1) stuck.add(-1); // find out which one, one by one
    else {
      stuck.add(batch[0].seq);
      await change(batch[0].seq, { trouble: error.message });
    }
    return null;
  } finally {
    tell({ sending: new Set() });
  }
}

/** Put a receipt to its operation; returns the number. */
async function take(batch, receipt) {
  const op = batch.find((each) => each.op === receipt.op);
  if (!op || !receipt.receipt) return -1;
  const missing = new Set(receipt.missing ?? []);
  await change(op.seq, {
    state: receipt.state, receipt: receipt.receipt, received: receipt.at, reason: receipt.reason ?? "", result: receipt.result ?? null, trouble: "",
    photos: op.photos.map((photo) => ({ ...photo, done: !missing.has(photo.digest) })),
  });
  return op.seq;
}
