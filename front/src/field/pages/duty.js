// A scene: what to do when something is found, as a picture (看图办事), and the checklist (照单操作).
import { sure, toast } from "../dialogs.js";
import { html } from "../html.js";
import { button, cell, cells, chip, nothing, standingChip } from "../kit.js";
import { place } from "../place.js";
import { one } from "../store/rows.js";
import { record, takeBack } from "../store/outbox.js";
import { soon } from "../sync/engine.js";
import { duty as dutyOf, itemsOf, lastOf, outcomeName } from "../work.js";
import { t } from "../words.js";

const REGRET = 6; // seconds in which it can be taken back

export async function page(id) {
  const duty = await dutyOf(id);
  if (!duty) return { title: t("任务"), back: "#/list", body: nothing(t("这项任务已经不在您的清单里。")) };
  const scene = duty.scene ? await one("scenes", duty.scene) : null;
  const results = await itemsOf(id);
  const items = scene?.items ?? [];
  let drawn = "";
  const left = items.filter((item) => !results.has(String(item.id)));
  return {
    title: scene?.name ?? duty.title, tab: "list", back: "#/list", live: true,
    body: html`<p class="lead">${[duty.title, scene?.objects].filter(Boolean).join(" · ")}${scene?.example ? html` ${chip(t("示例"))}` : ""}</p>
      ${duty.why && duty.why !== t("巡查") && duty.why !== t("摸排") ? html`<p class="hint">${duty.why}</p>` : ""}
      ${scene?.picture ? html`<details class="card flow"><summary>${t("发现问题怎么办（流程图）")}</summary><img class="flow-picture" alt="${spoken(scene.flow ?? [])}"></details>` : ""}
      ${items.length ? html`<h2>${t("检查事项")} ${chip(t("还有 %(n)s 项", { n: left.length }))}</h2>${cells(items.map((item) => itemCell(duty, item, results.get(String(item.id)))))}` : nothing(t("这项任务没有检查事项，做完后点“完成”。"))}
      ${duty.done ? html`<p class="note good">${t("这项任务已完成。")}</p>` : left.length || !items.length ? html`<div class="foot-bar">${left.length ? button(left.length === items.length ? t("全部正常") : t("其余 %(n)s 项正常", { n: left.length }), "normal", "primary") : button(t("完成"), "finish", "primary")}</div>` : ""}`,
    acts: {
      normal: () => allNormal(duty, scene, left),
      async finish() {
        await record({ kind: "duty.done", data: { duty: duty.id, words: "" }, about: { title: duty.title, ends: [duty.id] } });
        soon(0);
        toast(t("已记下。"));
      },
    },
    shown(root) { // an image: what the picture holds cannot act in this page
      const picture = root.querySelector(".flow-picture");
      if (picture) picture.src = drawn = URL.createObjectURL(new Blob([scene.picture], { type: "image/svg+xml" }));
    },
    leave: () => URL.revokeObjectURL(drawn),
  };
}

function itemCell(duty, item, op) {
  const foot = op ? html`${chip(outcomeName(op.data.outcome), op.data.outcome === "normal" ? "" : "odd")}${standingChip(op)}` : html`<span class="muted">${t("未查")}</span>`;
  return cell({ title: item.name, text: item.hint, foot, href: op && op.state !== "rejected" ? `#/record/${op.seq}` : `#/item/${duty.id}/${item.id}`, look: op ? "done" : "" });
}

/** The flow in words, for who cannot see the picture. */
const spoken = (steps) => t("处置流程：%(steps)s", { steps: steps.map((step, at) => `${at + 1}. ${step.name}${step.who ? `（${step.who}）` : ""}${(step.then ?? []).map(([words, to]) => ` ${words}→${to + 1}`).join("")}`).join("；") });

async function allNormal(duty, scene, items) {
  const where = await place();
  const notBefore = Date.now() + REGRET * 1000;
  const made = [];
  for (const item of items) {
    const ends = await lastOf(duty, scene, [item]);
    made.push(await record({ kind: "patrol.item", data: { duty: duty.id, item: item.id, outcome: "normal", words: "" }, place: where, about: { title: item.name, ends }, notBefore }));
  }
  soon(REGRET + 0.2);
  toast(t("%(n)s 项记为正常。", { n: items.length }), {
    seconds: REGRET, does: t("撤销"),
    async act() {
      if (!(await takeBack(made.map((op) => op.seq)))) await sure(t("来不及撤销"), t("记录已经发出；有误的事项请在记录里补报。"), t("知道了"), "primary");
    },
  });
}
