// The first page: the four duties of a grid worker (S82), and what is due today.
import { html } from "../html.js";
import { icon } from "../icons.js";
import { cell, cells, chip, nothing } from "../kit.js";
import { recall } from "../store/base.js";
import { operations } from "../store/outbox.js";
import { state } from "../sync/state.js";
import { addresses } from "../wire.js";
import { COLLECTING, bySoon, duties, isToday } from "../work.js";
import { day, t } from "../words.js";
import { dutyCells } from "./list.js";

const FIRST = 8;

const share = (rows) => (rows.length ? t("%(done)s/%(all)s 已完成", { done: rows.filter((row) => row.done).length, all: rows.length }) : t("今天没有"));

function tile(href, shape, name, text) {
  return html`<li><a class="tile" href="${href}">${icon(shape)}<span class="tile-name">${name}</span><span class="tile-text">${text}</span></a></li>`;
}

export async function page() {
  const [me, rows, ops, cut] = await Promise.all([recall("me"), duties(), operations(), recall("cut", [])]);
  const today = rows.filter((row) => isToday(row)).sort(bySoon);
  const patrol = today.filter((row) => row.kind === "patrol");
  const collect = today.filter((row) => COLLECTING.includes(row.kind));
  const reports = ops.filter((op) => op.kind === "report.now" && day(new Date(op.at)) === day()).length;
  const open = today.filter((row) => !row.done);
  const ready = rows.length > 0 || state.contact;
  return {
    title: t("今天"), tab: "", live: true,
    body: html`<p class="lead">${[me?.place, new Date().toLocaleDateString(document.documentElement.lang, { month: "long", day: "numeric", weekday: "long" })].filter(Boolean).join(" · ")}${"demo" in addresses ? html` ${chip(t("演示数据"))}` : ""}</p>
      ${cut.length ? tooMuch(cut.length) : ""}
      <ul class="tiles">
        ${tile("#/list/daily", "walk", t("巡查"), share(patrol))}
        ${tile("#/list/collect", "collect", t("采集"), share(collect))}
        ${tile("#/report", "camera", t("上报"), reports ? t("今天 %(n)s 条", { n: reports }) : t("拍照、选类、完成"))}
        ${tile("#/aid", "mediate", t("调解应急"), t("纠纷、险情"))}
      </ul>
      <section aria-labelledby="today"><h2 id="today">${t("今天要做的")} ${today.length ? chip(t("还有 %(n)s 项", { n: open.length })) : ""}</h2>
      ${ready ? (open.length ? await dutyCells(open.slice(0, FIRST)) : nothing(today.length ? t("今天的都做完了。") : t("今天没有任务。"))) : opening()}
      ${open.length > FIRST ? html`<p><a class="weui-btn weui-btn_default" href="#/list">${t("看全部 %(n)s 项", { n: open.length })}</a></p>` : ""}</section>
      ${cells([
        cell({ lead: icon("map"), title: t("网格地图"), href: "#/map" }),
        cell({ lead: icon("scan"), title: t("扫码查验"), href: addresses.scan }),
        cell({ lead: icon("care"), title: t("关爱对象"), href: "#/care" }),
      ], t("更多"))}`,
  };
}

/** Grids that do not fit on one phone (12,000 people) are not here: say what is missing and what to do. */
const tooMuch = (number) => html`<p class="note" role="status" id="cut">${t("您负责的人太多，这部手机装不下：有 %(n)s 个网格没有下载，那里的人、房屋和任务在手机上看不到。请联系社区把部分网格交给同事；在这之前，那里的工作请在电脑上办。", { n: number })}</p>`;

function opening() {
  if (state.signedOut || !state.online) return nothing(t("这部手机里还没有数据：联网登录后下载一次，以后没有信号也能用。"));
  return html`<div class="nothing" role="status"><p>${t("第一次使用，正在下载本网格的数据……")}</p></div>`;
}
