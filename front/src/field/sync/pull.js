// What the server has for this worker: all of it the first time, then what has changed.
import { get } from "../wire.js";
import { recall, remember } from "../store/base.js";
import { change, operations } from "../store/outbox.js";
import { all, apply } from "../store/rows.js";
import { tell } from "./state.js";

const PAGES = 500; // a server that never says "that was all" must not keep the phone busy for ever

/** Returns false when the server says: wipe. */
export async function pull(device) {
  let cursor = await recall("cursor", "");
  let news = false;
  for (let page = 0; page < PAGES; page += 1) {
    tell({ phase: cursor ? "changes" : "first" });
    const answer = await get(`pull/?device=${device}&since=${encodeURIComponent(cursor)}`, { patience: 60_000 });
    if (answer.wipe) return false;
    const { receipts = [], ...sections } = answer.sections ?? {};
    for (const receipt of receipts) await decidedLater(receipt); // before the cursor is kept: killed in between, they come again
    await apply({
      fresh: answer.full, renewed: answer.whole ?? [], sections, gone: answer.gone ?? {}, left: answer.left ?? [],
      meta: { cursor: answer.cursor, ...(answer.areas ? { areas: answer.areas } : {}), cut: answer.cut ?? [] },
    });
    tell({ cut: (answer.cut ?? []).length, skew: skewOf(answer.server), pulled: Date.now(), partial: false });
    const stuck = answer.cursor === cursor;
    cursor = answer.cursor;
    news ||= answer.full || "scripts" in sections;
    if (!answer.more || stuck) break;
  }
  if (news) await fetchForms();
  return true;
}

/** Today's list goes on the screen while everything else is on its way; the first page takes its place. */
export async function pullAhead(answer) {
  if (!answer?.sections?.duties?.length || (await recall("cursor", ""))) return;
  await apply({ fresh: true, sections: answer.sections, gone: {}, left: [], meta: { contact: Date.now() } });
  tell({ partial: true, contact: Date.now(), skew: skewOf(answer.server), pulled: Date.now() });
}

/** Somebody looked at a refused record again: it has another receipt now. */
async function decidedLater({ op, state, receipt, at, reason, result }) {
  const mine = (await operations()).find((each) => each.op === op);
  if (mine && mine.receipt !== receipt) await change(mine.seq, { state, receipt, received: at, reason, result });
}

/** Seconds this phone's clock is ahead of the server's. */
export const skewOf = (server) => (server ? Math.round((Date.now() - Date.parse(server)) / 1000) : 0);

/** The forms that scripts speak of, for who rather fills in the whole form. */
async function fetchForms() {
  const wanted = new Map((await all("scripts")).flatMap((script) => script.forms ?? []).map((form) => [`form:${form.key}:${form.number}`, form]));
  for (const [name, { key, number }] of wanted) {
    if (await recall(name)) continue; // a published version never changes
    const xform = await get(`forms/${encodeURIComponent(key)}/${number}/`).catch(() => null); // missing: asked again next time
    if (typeof xform === "string") await remember(name, { xform });
  }
}
