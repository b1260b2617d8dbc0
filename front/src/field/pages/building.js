// A building as a picture: floors from top to bottom, each door with how it was last.
import { html } from "../html.js";
import { icon } from "../icons.js";
import { nothing } from "../kit.js";
import { all, one } from "../store/rows.js";
import { operations } from "../store/outbox.js";
import { duties, lastAt, resultName } from "../work.js";
import { shortDay, t } from "../words.js";

/** "302", "2单元1203", "A-15-02" → the floor as a number, null where the label says none. */
export function floorOf(label) {
  const number = /(\d+)\D*$/.exec(String(label))?.[1] ?? "";
  return number.length >= 3 ? Number(number.slice(0, -2)) : null;
}

export async function page(id) {
  const building = await one("buildings", id);
  if (!building) return { title: t("楼栋"), back: "#/doors", body: nothing(t("这栋楼不在您的网格里。")) };
  const [rooms, ops, open] = await Promise.all([all("rooms"), operations(), duties()]);
  const due = new Set(open.filter((duty) => !duty.done && duty.room).map((duty) => String(duty.room)));
  const floors = new Map();
  for (const room of rooms.filter((each) => String(each.building) === String(id))) {
    const floor = room.floor ?? floorOf(room.label);
    floors.set(floor, [...(floors.get(floor) ?? []), room]);
  }
  const ordered = [...floors].sort(([one], [other]) => (other ?? -1) - (one ?? -1));
  return {
    title: building.name, tab: "doors", back: "#/doors", live: true,
    body: html`<p class="lead">${building.captain ? t("楼长：%(name)s", { name: building.captain }) : t("还没有楼长")}</p>
      ${ordered.length ? html`<ol class="floors">${ordered.map(([floor, inside]) => html`<li class="floor"><span class="floor-name">${floor === null ? t("其他") : t("%(n)s层", { n: floor })}</span><ul>${inside.sort((one, other) => one.label.localeCompare(other.label, "zh", { numeric: true })).map((room) => door(room, ops, due))}</ul></li>`)}</ol>` : nothing(t("这栋楼还没有房屋。"))}`,
  };
}

function door(room, ops, due) {
  const last = lastAt("room", room.id, room, ops);
  const words = last ? resultName(last.result) : t("未走访");
  const date = last ? shortDay(last.at.slice(0, 10)) : "";
  return html`<li><a class="door door-${last?.result ?? "none"}" href="#/room/${room.id}"><span class="door-label">${room.label}${due.has(String(room.id)) ? html` <span class="door-due">${icon("alert")}<span class="visually-hidden">${t("有任务")}</span></span>` : ""}</span><span class="door-last">${words}${date ? html`<br>${date}` : ""}</span></a></li>`;
}
