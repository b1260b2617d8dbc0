// What stands around every page: the header with signal and what waits, notices, the bar for the thumb.
import { fill, html } from "./html.js";
import { icon } from "./icons.js";
import { again, back, current, follow } from "./router.js";
import { onChange, waiting, loaded } from "./store/outbox.js";
import { sync } from "./sync/engine.js";
import { onState, state } from "./sync/state.js";
import { addresses } from "./wire.js";
import { t } from "./words.js";

const TABS = [["", "home", () => t("首页")], ["list", "list", () => t("清单")], ["report", "camera", () => t("上报")], ["doors", "door", () => t("户")], ["me", "user", () => t("我的")]];
const CLOCK_OFF = 5 * 60;
const DAY = 24 * 3600 * 1000;
const part = (id) => document.getElementById(id);
let update = null;

export function frame() {
  fill(part("app"), html`<header class="top"><button type="button" class="top-back" id="back" aria-label="${t("返回")}" hidden>${icon("back")}</button><h1 class="top-title" id="title" tabindex="-1"></h1><a class="signal" id="signal" href="#/records"></a></header>
    <div id="notices" class="notices" aria-live="polite"></div><main id="main" class="page" tabindex="-1"></main>
    <div id="toast" class="toast" role="status" hidden></div>
    <nav class="tabs" aria-label="${t("主要页面")}">${TABS.map(([page, shape, words]) => html`<a class="tab" href="#/${page}" data-tab="${page}">${icon(shape)}<span>${words()}</span></a>`)}</nav>`);
  part("back").addEventListener("click", () => back(current()?.back || "#/"));
  const main = part("main");
  for (const kind of ["click", "change", "input", "submit"]) main.addEventListener(kind, (event) => handle(kind, event));
  part("notices").addEventListener("click", (event) => notice(event.target.closest("[data-act]")?.dataset.act));
  onState(around);
  onChange(() => { around(); again(); });
  around();
  return follow(draw);
}

/** data-act for clicks, data-change, data-input, data-submit: names of the page's own acts. */
function handle(kind, event) {
  const name = kind === "click" ? "act" : kind;
  const element = event.target.closest(`[data-${name}]`);
  if (!element) return;
  if (kind === "submit") event.preventDefault();
  current()?.acts?.[element.dataset[name]]?.(element.dataset.value ?? element.value, element, event);
}

function draw(page, isNew) {
  const main = part("main");
  const focused = isNew ? null : document.activeElement?.dataset?.value !== undefined && document.activeElement;
  const [act, value] = focused ? [focused.dataset.act, focused.dataset.value] : [];
  const scroll = scrollY;
  fill(main, page.body);
  part("title").textContent = page.title;
  document.title = `${page.title} · ${t("网格")}`;
  part("back").hidden = !page.back;
  main.dataset.page = page.name || "home";
  for (const tab of document.querySelectorAll(".tab")) tab.toggleAttribute("aria-current", tab.dataset.tab === (page.tab ?? page.name));
  if (isNew) scrollTo(0, 0);
  else scrollTo(0, scroll);
  if (isNew && page.name !== "") part("title").focus({ preventScroll: true });
  if (act) main.querySelector(`[data-act="${act}"][data-value="${CSS.escape(value)}"]`)?.focus({ preventScroll: true });
  page.shown?.(main);
}

function around() {
  const wait = waiting().length;
  const rejected = loaded().filter((op) => op.state === "rejected" && !op.dropped).length;
  const signal = part("signal");
  if (!signal) return; // gone with the data
  const words = [state.online ? (state.working ? t("同步中") : t("在线")) : t("离线")];
  if (wait) words.push(t("%(n)s 条待发", { n: wait }));
  if (rejected) words.push(t("%(n)s 条未接受", { n: rejected }));
  signal.className = `signal ${state.online ? "" : "off"} ${rejected ? "bad" : ""}`;
  const shape = rejected ? "alert" : state.online ? (state.working ? "sync" : wait ? "online" : "check") : "cloudOff";
  fill(signal, html`${icon(shape)}<span>${words.join(" · ")}</span>`);
  signal.dataset.waiting = wait;
  document.body.dataset.synced = state.contact && !state.working ? "yes" : "";
  fill(part("notices"), notices(wait));
}

function notices(wait) {
  const found = [];
  const add = (look, words, act = null, does = null) => found.push(html`<div class="notice ${look}"><p>${words}</p>${act ? html`<button type="button" data-act="${act}">${does}</button>` : ""}</div>`);
  if (update) add("", t("有新版本。"), "update", t("点此更新"));
  if (state.partial) add("", t("先看今天的任务；本网格的人员和房屋还在下载。"));
  if (state.signedOut) add("bad", wait ? t("登录已过期。%(n)s 条记录都在手机里，登录后自动发送。", { n: wait }) : t("登录已过期，登录后才能同步。"), "login", t("去登录"));
  if (state.noRight) add("bad", state.trouble || t("您现在没有巡查走访的权限，记录发不出去；请联系社区。"));
  if (Math.abs(state.skew) > CLOCK_OFF) add("warn", state.skew > 0 ? t("手机时间快了 %(n)s 分钟。记录的时间会按服务器更正，请在系统设置里打开自动对时。", { n: Math.round(state.skew / 60) }) : t("手机时间慢了 %(n)s 分钟。记录的时间会按服务器更正，请在系统设置里打开自动对时。", { n: Math.round(-state.skew / 60) }));
  const left = state.contact ? state.days - (Date.now() - state.contact) / DAY : state.days;
  if (left < 1.5 && state.contact) add("warn", t("已经 %(n)s 天没有联网。满 %(days)s 天手机里的数据会清除，没发出的记录也会丢，请尽快联网。", { n: Math.floor(state.days - left), days: state.days }));
  if (state.trouble && !state.noRight) add("warn", t("和服务器没有连好，会自动再试。"), "sync", t("现在试"));
  return found;
}

function notice(act) {
  if (act === "sync") sync();
  if (act === "login") location.assign(`${addresses.login}?next=${encodeURIComponent(`${addresses.home}?fresh`)}`);
  if (act === "update") update();
}

/** A new version lies ready; ``take`` puts it in force. */
export function offerUpdate(take) {
  update = take;
  around();
}
