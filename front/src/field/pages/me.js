// My month, my phone, how the app looks, signing out.
import { asked, sure } from "../dialogs.js";
import { html } from "../html.js";
import { cell, cells, chip } from "../kit.js";
import { recall, wipe } from "../store/base.js";
import { isUnsettled, operations, waiting } from "../store/outbox.js";
import { one } from "../store/rows.js";
import { sync } from "../sync/engine.js";
import { state } from "../sync/state.js";
import { addresses, post, send } from "../wire.js";
import { english, moment, t } from "../words.js";

const LARGE = "wangge.field.large";
const FIGURES = () => [["visits", t("走访")], ["items", t("检查事项")], ["findings", t("发现问题")], ["duties_done", t("完成任务")], ["duties_due", t("本月应完成")], ["duties_open", t("还没做")], ["duties_missed", t("未完成")], ["duties_helped", t("替同事做的")]];
const size = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

export async function page() {
  const [me, month, ops, space, device] = await Promise.all([recall("me"), one("month", "me"), operations(), navigator.storage?.estimate?.().catch(() => null), recall("device", "")]);
  const large = document.documentElement.classList.contains("large");
  const wait = waiting().length;
  const refused = ops.filter((op) => op.state === "rejected" && !op.dropped).length;
  return {
    title: t("我的"), tab: "me", live: true,
    body: html`<p class="lead">${me?.name ?? ""}${me?.place ? ` · ${me.place}` : ""}</p>
      <h2>${t("我的本月")}</h2>
      ${month ? html`<dl class="figures">${FIGURES().filter(([key]) => key in month).map(([key, name]) => html`<div><dt>${name}</dt><dd>${month[key] ?? "—"}</dd></div>`)}</dl>` : html`<p class="hint">${t("同步后显示。")}</p>`}
      ${cells([
        cell({ title: t("我的记录"), text: t("共 %(n)s 条", { n: ops.filter((op) => !op.dropped).length }), foot: wait ? chip(t("%(n)s 条待发", { n: wait }), "wait") : refused ? chip(t("%(n)s 条未接受", { n: refused }), "bad") : chip(t("全部收到"), "good"), href: "#/records" }),
        cell({ title: t("立即同步"), text: state.working ? t("同步中……") : state.contact ? t("上次同步 %(at)s", { at: moment(state.contact) }) : t("还没有同步过"), act: "now" }),
      ])}
      <h2>${t("显示")}</h2>
      ${cells([
        html`<li class="cell"><label class="switch"><span class="cell-main"><span class="cell-title">${t("大字版")}</span></span><input type="checkbox" role="switch" data-change="large"${large ? html` checked` : ""}></label></li>`,
        cell({ title: english ? "简体中文" : "English", text: t("换语言要联网一次"), act: "language" }),
      ])}
      <h2>${t("这部手机")}</h2>
      ${cells([
        cell({ title: t("数据加密保存在本机"), text: t("退出登录、停用、换人登录，或满 %(days)s 天不联网就清除", { days: state.days }) }),
        space ? cell({ title: t("占用空间"), text: t("%(used)s，可用 %(free)s", { used: size(space.usage), free: size(space.quota - space.usage) }) }) : "",
        cell({ title: t("本机编号"), text: device.slice(0, 8) || "—" }),
      ])}
      <p><button type="button" class="weui-btn weui-btn_warn" data-act="leave">${t("退出登录并清除本机数据")}</button></p>`,
    acts: {
      now: () => sync(),
      large(_value, box) {
        document.documentElement.classList.toggle("large", box.checked);
        localStorage.setItem(LARGE, box.checked ? "1" : "0");
      },
      language: changeLanguage,
      leave,
    },
  };
}

/** The page comes in one language; the other one is fetched and kept in its place. */
async function changeLanguage() {
  const answer = await send(addresses.language, { language: english ? "zh-hans" : "en", next: addresses.home }).catch(() => null);
  if (!answer) return void (await asked({ title: t("现在没有信号"), text: t("换语言要联网一次，请到有信号的地方再换。"), buttons: [["ok", t("知道了"), "primary"]] }));
  const registration = await navigator.serviceWorker?.getRegistration(addresses.home);
  if (!registration) return location.reload();
  const channel = new MessageChannel();
  channel.port1.onmessage = () => location.reload();
  registration.active?.postMessage("fetch-page", [channel.port2]);
  return undefined;
}

async function leave() {
  const left = (await operations()).filter(isUnsettled).length;
  const warned = left
    ? await asked({ title: t("还有 %(n)s 条记录没有处理完", { n: left }), text: t("没有收到或未接受的记录会从手机里删除，再也找不回来。建议先同步。"), buttons: [["sync", t("先同步"), "primary"], ["leave", t("删除并退出"), "warn"], ["", t("取消")]] })
    : (await sure(t("退出登录？"), t("手机里的数据会清除，下次登录重新下载。"), t("退出登录"))) && "leave";
  if (warned === "sync") return void sync();
  if (warned !== "leave") return;
  const device = await recall("device");
  await wipe();
  if (device && state.online) await post("wiped/", { device }).catch(() => {}); // without signal the console learns it from no later call
  const out = await send(addresses.logout, {}).catch(() => null);
  if (!out) localStorage.setItem("wangge.field.leaving", "1"); // the session ends with the next signal
  document.body.dataset.wiped = "out";
  location.replace(`${addresses.login}?next=${encodeURIComponent(`${addresses.home}?fresh`)}`);
}
