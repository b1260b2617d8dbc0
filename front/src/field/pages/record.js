// One record: how it stands, what the server said, what can be done about it.
import { sure, toast } from "../dialogs.js";
import { html } from "../html.js";
import { button, cell, cells, nothing, standingChip } from "../kit.js";
import { kindName, standing } from "../records.js";
import { back } from "../router.js";
import { drop, operations, photo as bytesOf } from "../store/outbox.js";
import { one } from "../store/rows.js";
import { sync } from "../sync/engine.js";
import { outcomeName, resultName } from "../work.js";
import { moment, t } from "../words.js";

export async function page(seq) {
  const op = (await operations()).find((each) => each.seq === Number(seq));
  if (!op) return { title: t("记录"), back: "#/records", body: nothing(t("这条记录已经不在手机里。")) };
  const pictures = [];
  const matter = await one("matters", op.op);
  return {
    title: op.about?.title || kindName(op), tab: "me", back: "#/records", live: true,
    body: html`<section class="card standing"><p class="standing-line">${standingChip(op)}</p>${explain(op)}</section>
      ${op.kind === "visit.done" ? visit(op) : ""}${matter ? followed(matter) : ""}
      <dl class="facts"><dt>${t("类别")}</dt><dd>${kindName(op)}</dd><dt>${t("时间")}</dt><dd>${moment(op.at)}</dd>
        ${op.data.outcome ? html`<dt>${t("结果")}</dt><dd>${outcomeName(op.data.outcome)}</dd>` : ""}${op.data.result ? html`<dt>${t("结果")}</dt><dd>${resultName(op.data.result)}</dd>` : ""}
        ${op.data.words ? html`<dt>${t("说明")}</dt><dd>${op.data.words}</dd>` : ""}
        <dt>${t("位置")}</dt><dd>${op.place ? t("误差约 %(m)s 米", { m: op.place.accuracy_m }) : t("没有")}</dd>
        ${op.receipt ? html`<dt>${t("回执")}</dt><dd class="receipt">${op.receipt.slice(0, 16)}</dd>` : ""}</dl>
      <div class="record-photos" id="photos"></div>
      ${op.state === "rejected" && !op.dropped ? html`<div class="two-buttons">${op.about?.page ? html`<a class="weui-btn weui-btn_primary" href="${op.about.page}?from=${op.seq}">${t("修改后重发")}</a>` : ""}${button(t("不要这条了"), "drop", "warn")}</div>` : ""}
      ${["waiting", "photos", "trouble"].includes(standing(op).key) ? html`<p>${button(t("立即同步"), "now")}</p>` : ""}`,
    acts: {
      now: () => sync(),
      async drop() {
        if (!(await sure(t("不要这条记录了？"), t("它没有被服务器接受，删除后找不回来。"), t("删除")))) return;
        await drop(op.seq);
        toast(t("已删除。"));
        back("#/records");
      },
    },
    async shown(root) {
      for (const { digest, type } of op.photos) {
        const bytes = await bytesOf(digest);
        if (!bytes) continue;
        const picture = new Image();
        picture.src = URL.createObjectURL(new Blob([bytes], { type }));
        picture.alt = t("照片");
        pictures.push(picture.src);
        root.querySelector("#photos")?.append(picture);
      }
      const qr = root.querySelector("#qr");
      if (qr && op.qr) {
        qr.src = URL.createObjectURL(new Blob([op.qr], { type: "image/svg+xml" }));
        pictures.push(qr.src);
      }
    },
    leave: () => pictures.forEach((each) => URL.revokeObjectURL(each)),
  };
}

function explain(op) {
  const { key } = standing(op);
  const refused = op.photos.filter((photo) => photo.refused).length;
  const words = {
    waiting: t("在手机里，有信号时自动发送。"),
    sending: t("正在发送。"),
    photos: t("服务器已有文字，照片接着传。"),
    arrived: t("服务器 %(at)s 收到，给了回执。", { at: moment(op.received) }),
    differs: op.reason,
    rejected: op.reason,
    trouble: t("服务器说：%(words)s", { words: op.trouble }),
    photo_refused: t("有 %(n)s 张照片没有收下；需要的话请重新拍照上报。", { n: refused }),
    dropped: t("已改成另一条发出。"),
  }[key];
  return html`<p>${words}</p>${key === "differs" ? html`<p class="hint">${t("两条都保留，由社区核对；不用重发。")}</p>` : ""}`;
}

/** The case it became, and where that stands. */
function followed({ number, state, into }) {
  return html`<section class="card"><h2>${t("事项编号")} ${number}</h2><p>${t("现在：%(state)s", { state })}</p>
    ${into ? html`<p>${t("已并入 %(number)s，一起办。", { number: into })}</p>` : ""}</section>`;
}

/** What a visit brought about; known only from the receipt. */
function visit(op) {
  if (op.state === "rejected") return "";
  if (!op.receipt) return html`<section class="card"><h2>${t("本次更新的台账")}</h2><p>${t("收到回执后显示。")}</p></section>${op.data.result === "nobody" ? html`<section class="card"><h2>${t("再访卡")}</h2><p>${t("联网后给出再访卡的号码和二维码；现在请先留纸质卡。")}</p></section>` : ""}`;
  const { ledgers = [], changed = 0, contradicted = 0, call_back: card = null, still = [], refused = [] } = op.result ?? {};
  return html`<section class="card"><h2>${t("本次更新的台账(%(n)s)", { n: ledgers.length })}</h2>${ledgers.length ? html`<ul class="ledgers">${ledgers.map((name) => html`<li>${name}</li>`)}</ul>` : html`<p>${t("这次没有改动台账。")}</p>`}
      <p class="hint">${t("更新 %(changed)s 项，说法不一 %(odd)s 项", { changed, odd: contradicted })}</p>
      ${refused.length ? html`<p>${t("表里这几项没有写进登记册，答案还在表里：")}</p><ul>${refused.map((each) => html`<li>${each}</li>`)}</ul>` : ""}</section>
    ${card ? html`<section class="card call-back"><h2>${t("再访卡 %(number)s", { number: card.number ?? "" })}</h2><p>${t("请住户扫码，选方便的时间。")}</p>${op.qr ? html`<img id="qr" class="qr" alt="${t("再访卡二维码")}">` : ""}${card.link ? html`<p><a href="${card.link}" target="_blank" rel="noopener">${t("打开再访页面")}</a></p>` : ""}</section>` : ""}
    ${still.length ? html`<section><h2>${t("这一户还有")}</h2>${cells(still.map((each) => cell({ title: each.title ?? each })))}</section>` : ""}`;
}
