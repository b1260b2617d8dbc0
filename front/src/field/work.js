// Duties as they stand for the worker: what the server said, and what was recorded here since.
import { all, one, section } from "./store/rows.js";
import { operations } from "./store/outbox.js";
import { day, t } from "./words.js";

export const GROUPS = [
  ["daily", () => t("日巡查"), ["patrol"]],
  ["weekly", () => t("周探访"), ["visit"]],
  ["monthly", () => t("月摸排"), ["screening"]],
  ["campaign", () => t("行动与再访"), ["campaign", "callback", "recheck"]],
];
export const COLLECTING = ["visit", "screening", "campaign", "callback", "recheck"];
export const groupOf = (duty) => GROUPS.find(([, , kinds]) => kinds.includes(duty.kind))?.[0] ?? "campaign";

const counts = (op) => op.state !== "rejected" && !op.dropped;

/** Numbers of duties that an operation of this phone has ended. */
const endedBy = (op) => op.about?.ends ?? [];

/** All duties of the list in the server's walking order; ``done`` also counts what is still on its way. */
export async function duties() {
  const [rows, ops] = [await all("duties"), await operations()];
  const ended = new Map();
  for (const op of ops) if (counts(op)) for (const id of endedBy(op)) ended.set(String(id), op);
  return rows
    .map((row) => ({ ...row, done: row.state === "done" || ended.has(String(row.id)), op: ended.get(String(row.id)) ?? null }))
    .filter((row) => row.done || row.state === "open")
    .sort((one, other) => (one.order ?? 0) - (other.order ?? 0) || String(one.due).localeCompare(String(other.due)));
}

/** Begun and not yet over: what belongs to today. */
export const isToday = (duty, today = day()) => duty.begins <= today && (!duty.done || duty.due >= today);
export const isLate = (duty, today = day()) => !duty.done && duty.due < today;

/** What ends today, or should have, before what has time; in each the order of walking. */
export function bySoon(one, other, today = day()) {
  return (one.due > today) - (other.due > today) || (one.order ?? 0) - (other.order ?? 0);
}

export const duty = async (id) => (await duties()).find((each) => String(each.id) === String(id)) ?? null;

/** Where tapping a duty leads. */
export function leadsTo(each) {
  if (each.room) return `#/room/${each.room}`;
  if (each.care) return `#/care/${each.care}`;
  if (each.organisation) return `#/place/organisation/${each.organisation}`;
  if (each.person) return `#/place/person/${each.person}`;
  return `#/duty/${each.id}`;
}

/** "和苑小区3栋" of a duty, where it has a place. */
export async function placer() {
  const [rooms, buildings] = [await section("rooms"), await section("buildings")];
  return (each) => {
    const room = each.room && rooms.get(String(each.room));
    return (room && buildings.get(String(room.building))?.name) || "";
  };
}

/** Results of a duty's items that were recorded on this phone: item → operation, the newest. */
export async function itemsOf(dutyId) {
  const found = new Map();
  for (const op of await operations()) {
    if (op.kind === "patrol.item" && counts(op) && String(op.data.duty) === String(dutyId)) found.set(String(op.data.item), op);
  }
  return found;
}

/** With these items looked at too, is the whole duty done? The server counts the same way. Its number then. */
export async function lastOf(duty, scene, items) {
  const looked = new Set([...(await itemsOf(duty.id)).keys(), ...items.map((item) => String(item.id))]);
  return scene.items.every((item) => looked.has(String(item.id))) ? [duty.id] : [];
}

export const OUTCOMES = () => [
  ["normal", t("正常")], ["fixed", t("现场处理")], ["hazard", t("登记隐患")], ["event", t("上报事件")], ["whistle", t("转吹哨")],
];
export const outcomeName = (code) => Object.fromEntries(OUTCOMES())[code] ?? code;

export const RESULTS = () => [
  ["done", t("完成")], ["partly", t("部分完成")], ["nobody", t("无人（留卡）")], ["vacant", t("空置")], ["refused", t("拒访")], ["wrong", t("地址不符")],
];
export const resultName = (code) => Object.fromEntries(RESULTS())[code] ?? code;

/** "3栋 302" of a room. */
export async function roomName(room) {
  const building = await one("buildings", room.building);
  return [building?.name, room.label].filter(Boolean).join(" ");
}

/** The last result of a door: the server's, or the one recorded here. */
export function lastAt(kind, id, row, ops = []) {
  const mine = ops.filter((op) => op.kind === "visit.done" && counts(op) && String(op.data[kind]) === String(id)).at(-1);
  if (mine && (!row?.last_visit || Date.parse(mine.at) >= Date.parse(row.last_visit))) return { result: mine.data.result, at: mine.at, op: mine };
  return row?.last_visit ? { result: row.last_result, at: row.last_visit, op: null } : null;
}
