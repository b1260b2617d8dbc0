// How a record stands, in words; green only when everything of it is with the server.
import { isWaiting, photosLeft } from "./store/outbox.js";
import { state } from "./sync/state.js";
import { t } from "./words.js";

/** { key, words, look }: look is "good" only with the receipt and all photos. */
export function standing(op) {
  if (op.dropped) return { key: "dropped", words: t("已改发"), look: "plain" };
  if (op.state === "rejected") return { key: "rejected", words: t("未接受"), look: "bad" };
  if (!op.receipt) {
    if (op.trouble) return { key: "trouble", words: t("服务器没有读懂，稍后再发"), look: "bad" };
    return state.sending.has(op.seq) ? { key: "sending", words: t("发送中"), look: "plain" } : { key: "waiting", words: t("未发送"), look: "wait" };
  }
  const [total, left] = [op.photos.length, photosLeft(op)];
  if (left) return { key: "photos", words: t("文字已到，照片 %(done)s/%(total)s", { done: total - left, total }), look: "wait" };
  if (op.photos.some((photo) => photo.refused)) return { key: "photo_refused", words: t("文字已收到，有照片没有收下"), look: "bad" };
  if (op.state === "differs") return { key: "differs", words: t("已收到，与另一次记录不一致"), look: "odd" };
  return { key: "arrived", words: t("已收到 ✓"), look: "good" };
}

export const KINDS = {
  "patrol.item": () => t("巡查"),
  "duty.done": () => t("完成任务"),
  "report.now": () => t("上报"),
  "visit.done": () => t("走访"),
  "person.found": () => t("新住户"),
  "person.left": () => t("已搬走"),
  "care.service": () => t("关爱服务"),
  note: () => t("测试"),
};

export const kindName = (op) => (KINDS[op.kind] ?? (() => op.kind))();

/** What needs the worker, then what waits, then what has arrived; the newest first. */
export function inOrder(ops) {
  const weight = (op) => (op.state === "rejected" && !op.dropped ? 0 : isWaiting(op) ? 1 : 2);
  return ops.filter((op) => !op.dropped).sort((one, other) => weight(one) - weight(other) || other.seq - one.seq);
}
