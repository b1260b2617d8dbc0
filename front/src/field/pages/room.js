// A door: who lives there, what is due, and the visit.
import { coder } from "../codes.js";
import { sure, toast } from "../dialogs.js";
import { html } from "../html.js";
import { icon } from "../icons.js";
import { cell, cells, chip, nothing, standingChip } from "../kit.js";
import { all, one } from "../store/rows.js";
import { operations, record } from "../store/outbox.js";
import { soon } from "../sync/engine.js";
import { duties, isLate, lastAt, resultName, roomName } from "../work.js";
import { day, moment, shortDay, t } from "../words.js";

const STALE = 365; // days after which it is said how old a fact is

export async function page(id) {
  const room = await one("rooms", id);
  if (!room) return { title: t("户"), back: "#/doors", body: nothing(t("这一户不在您的网格里。")) };
  const [people, ops, open, script, name, words] = await Promise.all([all("people"), operations(), duties(), one("scripts", `room:${id}`), roomName(room), coder()]);
  const inside = people.filter((person) => String(person.room) === String(id));
  const due = open.filter((duty) => !duty.done && String(duty.room) === String(id));
  const last = lastAt("room", id, room, ops);
  const newcomers = ops.filter((op) => op.kind === "person.found" && String(op.data.room) === String(id) && !op.dropped);
  const left = new Set(ops.filter((op) => op.kind === "person.left" && op.state !== "rejected" && !op.dropped).map((op) => String(op.data.person)));
  return {
    title: name, tab: "doors", back: "#/doors", live: true,
    body: html`<p class="lead">${words("room_state", room.state) ? html`${words("room_state", room.state)} · ` : ""}${last ? t("上次走访 %(at)s：%(result)s", { at: moment(last.at), result: resultName(last.result) }) : t("还没有走访过")}${last?.op ? html` ${standingChip(last.op)}` : ""}</p>
      ${due.length ? html`<h2>${t("该做的")}</h2>${cells(due.map((duty) => cell({ title: duty.title, text: duty.why, foot: isLate(duty) ? chip(t("已超期 %(day)s", { day: shortDay(duty.due) }), "bad") : "", href: duty.care ? `#/care/${duty.care}` : null })))}` : ""}
      ${script?.blocks?.length ? html`<p class="hint">${t("这次走访：%(blocks)s，共 %(n)s 个问题", { blocks: [...new Set(script.blocks.map((block) => block.title))].join("、"), n: script.questions.length })}</p>` : ""}
      <h2>${t("住在这里的人")} ${chip(t("%(n)s 人", { n: inside.length }))}</h2>
      ${inside.length || newcomers.length ? cells([...inside.map((person) => personCell(person, left, words)), ...newcomers.map((op) => cell({ lead: icon("user"), title: op.about.title, text: t("新登记"), foot: standingChip(op), href: `#/record/${op.seq}` }))]) : nothing(t("登记册里这一户没有人。"))}
      <p class="two-buttons"><a class="weui-btn weui-btn_default" href="#/found/${id}">${t("登记新住户")}</a></p>
      <div class="foot-bar"><a class="weui-btn weui-btn_primary" href="#/visit/room/${id}">${t("开始走访")}</a></div>`,
    acts: { left: (person) => movedOut(inside.find((each) => String(each.id) === person)) },
  };
}

function personCell(person, left, words) {
  const age = person.birth_year ? t("%(n)s岁", { n: new Date().getFullYear() - person.birth_year }) : "";
  const days = person.confirmed ? Math.floor((Date.parse(day()) - Date.parse(person.confirmed)) / 864e5) : null;
  const old = days === null ? t("没有核实过") : days > STALE ? t("%(n)s 天前核实", { n: days }) : "";
  return html`<li class="cell person"><span class="cell-lead">${icon("user")}</span><span class="cell-main"><span class="cell-title">${person.name}${(person.flags ?? []).map((flag) => html` ${chip(flag)}`)}</span><span class="cell-text">${[words("relation", person.relation), words("sex", person.sex), age, person.phone, words("kind", person.kind)].filter(Boolean).join(" · ")}</span>${old ? html`<span class="cell-text odd-text">${old}</span>` : ""}</span>${left.has(String(person.id)) ? chip(t("已报搬走"), "wait") : html`<button type="button" class="small-act" data-act="left" data-value="${person.id}">${t("已搬走")}<span class="visually-hidden"> ${person.name}</span></button>`}</li>`;
}

async function movedOut(person) {
  if (!(await sure(t("%(name)s已经搬走？", { name: person.name }), t("会报告社区；登记册里这一条居住关系到今天为止。"), t("报告已搬走"), "primary"))) return;
  await record({ kind: "person.left", data: { person: person.id, on: day() }, about: { title: person.name } });
  soon(0);
  toast(t("已记下。"));
}
