// Finding a household: by name, by initials, by door; or through the building's picture.
import { coder } from "../codes.js";
import { fill, html } from "../html.js";
import { icon } from "../icons.js";
import { cell, cells, chip, nothing } from "../kit.js";
import { initials, found } from "../search.js";
import { all, section } from "../store/rows.js";
import { duties } from "../work.js";
import { t } from "../words.js";

let typed = ""; // coming back from a door, the search still stands

export async function page() {
  const words = await coder();
  const [people, rooms, buildings, organisations, open] = await Promise.all([all("people"), all("rooms"), section("buildings"), all("organisations"), duties()]);
  const rows = { people, rooms, buildings, organisations };
  const byRoom = new Map(rooms.map((room) => [String(room.id), room]));
  const due = new Set(open.filter((duty) => !duty.done && duty.room).map((duty) => String(byRoom.get(String(duty.room))?.building)));
  const sorted = [...buildings.values()].sort((one, other) => one.name.localeCompare(other.name, "zh", { numeric: true }));
  const count = (building) => rooms.filter((room) => String(room.building) === String(building.id)).length;
  return {
    title: t("户"), tab: "doors",
    body: html`<search><label class="search">${icon("search")}<span class="visually-hidden">${t("找人、门牌、单位")}</span><input type="search" class="weui-input" data-input="search" value="${typed}" placeholder="${t("姓名、首字母、门牌、单位")}" autocomplete="off" enterkeyhint="search"></label></search>
      <div id="found" aria-live="polite">${answers(rows, typed, words)}</div>
      <section id="buildings"${typed ? html` hidden` : ""}><h2>${t("楼栋")}</h2>
      ${sorted.length ? cells(sorted.map((building) => cell({
        lead: icon("building"), title: building.name, href: `#/building/${building.id}`,
        text: [t("%(n)s 户", { n: count(building) }), building.captain ? t("楼长：%(name)s", { name: building.captain }) : ""].filter(Boolean).join(" · "),
        foot: due.has(String(building.id)) ? chip(t("有任务"), "wait") : "",
      }))) : nothing(t("还没有楼栋。联网同步后再看。"))}</section>`,
    acts: {
      search(text) {
        typed = text;
        fill(document.getElementById("found"), answers(rows, text, words));
        document.getElementById("buildings").hidden = Boolean(text.trim());
      },
    },
  };
}

function answers(rows, text, words) {
  if (!text.trim()) return "";
  const byRoom = new Map(rows.rooms.map((room) => [String(room.id), room]));
  const where = (room) => (room ? [rows.buildings.get(String(room.building))?.name, room.label].filter(Boolean).join(" ") : "");
  const hits = found(text, rows);
  if (!hits.length) return nothing(t("没有找到。可以试试姓名首字母或门牌号；不在册的人可在所住的户里登记。"));
  return cells(hits.map(({ kind, row }) => {
    if (kind === "room") return cell({ lead: icon("door"), title: where(row), href: `#/room/${row.id}` });
    if (kind === "organisation") return cell({ lead: icon("building"), title: row.name, text: row.address, href: `#/place/organisation/${row.id}` });
    return cell({ lead: icon("user"), title: row.name, text: [where(byRoom.get(String(row.room))), words("relation", row.relation), initials(row.name)].filter(Boolean).join(" · "), href: row.room ? `#/room/${row.room}` : `#/place/person/${row.id}` });
  }), t("找到 %(n)s 条", { n: hits.length }));
}
