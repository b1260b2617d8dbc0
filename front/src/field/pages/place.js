// A firm, or somebody without a door of the grid: what is due there, and the visit.
import { html } from "../html.js";
import { cell, cells, nothing, standingChip } from "../kit.js";
import { one } from "../store/rows.js";
import { operations } from "../store/outbox.js";
import { duties, lastAt, resultName } from "../work.js";
import { moment, t } from "../words.js";

export async function page(kind, id) {
  const row = await one(kind === "person" ? "people" : "organisations", id);
  if (!row) return { title: t("走访"), back: "#/doors", body: nothing(t("这一条不在您的网格里。")) };
  const [ops, open] = await Promise.all([operations(), duties()]);
  const due = open.filter((duty) => !duty.done && String(duty[kind]) === String(id));
  const last = lastAt(kind, id, row, ops);
  return {
    title: row.name, tab: "doors", back: "#/doors", live: true,
    body: html`<p class="lead">${[row.category, row.address, row.phone].filter(Boolean).join(" · ")}</p>
      <p>${last ? t("上次走访 %(at)s：%(result)s", { at: moment(last.at), result: resultName(last.result) }) : t("还没有走访过")}${last?.op ? html` ${standingChip(last.op)}` : ""}</p>
      ${due.length ? html`<h2>${t("该做的")}</h2>${cells(due.map((duty) => cell({ title: duty.title, text: duty.why })))}` : ""}
      <div class="foot-bar"><a class="weui-btn weui-btn_primary" href="#/visit/${kind}/${id}">${t("开始走访")}</a></div>`,
  };
}
