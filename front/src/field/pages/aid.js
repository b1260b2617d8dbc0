// Mediation and emergencies: the fourth duty of a grid worker (S82).
import { html } from "../html.js";
import { icon } from "../icons.js";
import { cell, cells, chip, nothing } from "../kit.js";
import { all } from "../store/rows.js";
import { duties, isToday } from "../work.js";
import { t } from "../words.js";
import { dutyCells } from "./list.js";

export async function page() {
  const [rows, scenes] = await Promise.all([duties(), all("scenes")]);
  const urgent = new Set(scenes.filter((scene) => scene.emergency || scene.order_only).map((scene) => String(scene.id)));
  const open = rows.filter((row) => !row.done && isToday(row) && (urgent.has(String(row.scene)) || ["callback", "recheck"].includes(row.kind)));
  const to = (kind, topic) => `#/report?kind=${kind}&topic=${encodeURIComponent(topic)}`;
  return {
    title: t("调解应急"), tab: "", back: "#/", live: true,
    body: html`${cells([
      cell({ lead: icon("mediate"), title: t("矛盾纠纷"), text: t("邻里、物业、家庭、劳资"), href: to("event", t("矛盾纠纷")) }),
      cell({ lead: icon("alert"), title: t("突发险情"), text: t("火情、漏气、坍塌、溺水：先打 119、110、120"), href: to("whistle", t("突发险情")) }),
      cell({ lead: icon("care"), title: t("有人需要帮助"), text: t("独居、走失、生病"), href: to("event", t("有人需要帮助")) }),
    ], t("现在上报"))}
      <h2>${t("等着处理的")} ${chip(t("还有 %(n)s 项", { n: open.length }))}</h2>
      ${open.length ? await dutyCells(open) : nothing(t("没有再访、复核和应急任务。"))}`,
  };
}
