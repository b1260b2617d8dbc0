// The lists of the day, the week and the month, in the order of walking.
import { html } from "../html.js";
import { cell, cells, chip, nothing, standingChip } from "../kit.js";
import { COLLECTING, GROUPS, bySoon, duties, groupOf, isLate, isToday, leadsTo, placer } from "../work.js";
import { section } from "../store/rows.js";
import { day, shortDay, t } from "../words.js";

const KIND = { patrol: () => t("巡查"), visit: () => t("探访"), screening: () => t("摸排"), campaign: () => t("行动"), callback: () => t("再访"), recheck: () => t("复核") };

function dutyCell(row, scenes) {
  const due = isLate(row) ? chip(t("已超期 %(day)s", { day: shortDay(row.due) }), "bad") : row.due === day() ? "" : html`<span class="muted">${t("%(day)s前", { day: shortDay(row.due) })}</span>`;
  const foot = row.done ? (row.op ? standingChip(row.op) : chip(t("已完成"), "good")) : due;
  const example = scenes.get(String(row.scene))?.example ? html`${chip(t("示例"))} ` : "";
  return cell({ title: html`${row.title} ${example}`, text: [...new Set([KIND[row.kind]?.(), row.why])].filter(Boolean).join(" · "), foot, href: leadsTo(row), look: row.done ? "done" : "" });
}

/** Duties under the name of their building, the order kept. */
export async function dutyCells(rows) {
  const [nameOf, scenes] = await Promise.all([placer(), section("scenes")]);
  const groups = [];
  for (const row of rows) {
    const name = nameOf(row);
    if (!groups.length || groups.at(-1).name !== name) groups.push({ name, rows: [] });
    groups.at(-1).rows.push(row);
  }
  return groups.map(({ name, rows: inside }) => html`${name ? html`<h3 class="where">${name}</h3>` : ""}${cells(inside.map((row) => dutyCell(row, scenes)))}`);
}

const TABS = [["today", () => t("今天")], ...GROUPS.map(([key, name]) => [key, name])];

export async function page(which = "today", query = {}) {
  if (typeof which === "object") [which, query] = ["today", which];
  const rows = await duties();
  const of = { today: (row) => isToday(row), collect: (row) => isToday(row) && COLLECTING.includes(row.kind) };
  rows.sort(which === "today" || which === "collect" ? bySoon : () => 0);
  const chosen = rows.filter(of[which] ?? ((row) => groupOf(row) === which));
  const showDone = query.done === "1";
  const open = chosen.filter((row) => !row.done);
  const done = chosen.filter((row) => row.done);
  const title = which === "collect" ? t("采集") : t("清单");
  return {
    title, tab: "list", live: true, back: which === "collect" ? "#/" : null,
    body: html`${which === "collect" ? "" : html`<nav class="pills" aria-label="${t("哪张清单")}">${TABS.map(([key, name]) => html`<a class="pill" href="#/list/${key}"${key === which ? html` aria-current="page"` : ""}>${name()} <span class="count">${rows.filter((row) => !row.done && (of[key] ?? ((each) => groupOf(each) === key))(row)).length}</span></a>`)}</nav>`}
      ${open.length ? await dutyCells(open) : nothing(chosen.length ? t("这张清单都做完了。") : t("这张清单现在是空的。"))}
      ${done.length ? html`<p class="more"><a href="#/list/${which}${showDone ? "" : "?done=1"}">${showDone ? t("收起已完成的") : t("看已完成的 %(n)s 项", { n: done.length })}</a></p>${showDone ? await dutyCells(done) : ""}` : ""}`,
  };
}
