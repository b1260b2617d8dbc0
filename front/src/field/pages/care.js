// Whom I look after, and what I did for them.
import { toast } from "../dialogs.js";
import { html } from "../html.js";
import { cell, cells, chip, choices, clearWrong, field, nothing, standingChip, wrong } from "../kit.js";
import { placeLine, placeWatch } from "../place_line.js";
import { back } from "../router.js";
import { operations, record } from "../store/outbox.js";
import { all, one, section } from "../store/rows.js";
import { soon } from "../sync/engine.js";
import { duties } from "../work.js";
import { day, moment, shortDay, t } from "../words.js";

const WAYS = () => [["door", t("上门")], ["phone", t("电话")], ["third", t("第三方")], ["neighbour", t("邻里")], ["device", t("智能预警")], ["hotline", t("热线")]];
const LEVELS = { red: () => chip(t("红"), "bad"), yellow: () => chip(t("黄"), "wait"), green: () => chip(t("绿"), "good") };

export async function page(id, query) {
  return typeof id === "string" ? service(id, query) : list();
}

async function list() {
  const [rows, people, ops] = await Promise.all([all("care"), section("people"), operations()]);
  const sorted = [...rows].sort((one, other) => String(one.next ?? "9").localeCompare(String(other.next ?? "9")));
  const done = (row) => ops.filter((op) => op.kind === "care.service" && String(op.data.care) === String(row.id)).at(-1);
  return {
    title: t("关爱对象"), tab: "", back: "#/", live: true,
    body: sorted.length ? cells(sorted.map((row) => {
      const late = row.next && row.next < day();
      const mine = done(row);
      return cell({ title: people.get(String(row.person))?.name ?? t("（不在本网格）"), text: [row.contact_is_me ? t("我是联系人") : "", row.next ? t("下次 %(day)s", { day: shortDay(row.next) }) : ""].filter(Boolean).join(" · "), foot: html`${LEVELS[row.level]?.() ?? ""}${mine ? standingChip(mine) : late ? chip(t("已超期"), "bad") : ""}`, href: `#/care/${row.id}` });
    })) : nothing(t("您的网格里现在没有要关爱的人。")),
  };
}

async function service(id) {
  const row = await one("care", id);
  if (!row) return { title: t("关爱服务"), back: "#/care", body: nothing(t("这一条已经不在您的清单里。")) };
  const [person, ops, open] = await Promise.all([one("people", row.person), operations(), duties()]);
  const where = placeWatch();
  const due = open.filter((duty) => !duty.done && String(duty.care) === String(id));
  const before = ops.filter((op) => op.kind === "care.service" && String(op.data.care) === String(id)).at(-1);
  return {
    title: person?.name ?? t("关爱服务"), tab: "", back: "#/care",
    body: html`<p class="lead">${LEVELS[row.level]?.() ?? ""} ${row.next ? t("下次 %(day)s", { day: shortDay(row.next) }) : ""}</p>
      ${before ? html`<p class="hint">${t("上次记录 %(at)s", { at: moment(before.at) })} ${standingChip(before)}</p>` : ""}
      ${person?.room ? html`<p><a href="#/room/${person.room}">${t("看这一户")}</a></p>` : ""}
      <form data-submit="save" novalidate>
        ${choices("way", WAYS(), { legend: t("怎么关爱的"), must: true, chosen: ["door"] })}
        ${choices("safe", [["yes", t("平安")], ["no", t("需要帮助")]], { legend: t("人怎么样"), must: true })}
        ${field("words", { label: t("说明"), rows: 3, max: 500, hint: t("需要什么、和谁说了") })}
        ${placeLine()}
        <div class="foot-bar"><button class="weui-btn weui-btn_primary">${t("保存")}</button></div>
      </form>`,
    acts: {
      ...where.acts,
      async save(_value, form) {
        clearWrong(form);
        const { way, safe, words } = Object.fromEntries(new FormData(form));
        if (!safe) return wrong(form, "safe", t("请选择：平安，或需要帮助。"));
        if (safe === "no" && !words.trim()) return wrong(form, "words", t("请写明需要什么帮助。"));
        await record({ kind: "care.service", data: { care: row.id, way, safe: safe === "yes", words: words.trim() }, place: where.now(), about: { title: person?.name ?? "", page: `#/care/${id}`, ends: due.map((duty) => duty.id) } });
        soon(0);
        toast(t("已记下。"));
        return back("#/care");
      },
    },
    shown: (root) => where.show(root),
    leave: () => where.leave(),
  };
}
