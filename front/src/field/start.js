// How the app begins: what this phone holds is shown at once, the network comes after.
import { asked, fullPhone } from "./dialogs.js";
import { frame, offerUpdate } from "./frame.js";
import { fill, html } from "./html.js";
import { nothing } from "./kit.js";
import { again, define } from "./router.js";
import { isFull, recall, wipe } from "./store/base.js";
import { isUnsettled, operations } from "./store/outbox.js";
import { begin, isTooLong } from "./sync/engine.js";
import { onState, state, tell } from "./sync/state.js";
import { addresses, askAhead, askEarly, send } from "./wire.js";
import { t } from "./words.js";
import * as aid from "./pages/aid.js";
import * as building from "./pages/building.js";
import * as care from "./pages/care.js";
import * as doors from "./pages/doors.js";
import * as duty from "./pages/duty.js";
import * as form from "./pages/form.js";
import * as found from "./pages/found.js";
import * as home from "./pages/home.js";
import * as item from "./pages/item.js";
import * as list from "./pages/list.js";
import * as map from "./pages/map.js";
import * as me from "./pages/me.js";
import * as place from "./pages/place.js";
import * as record from "./pages/record.js";
import * as records from "./pages/records.js";
import * as report from "./pages/report.js";
import * as room from "./pages/room.js";
import * as visit from "./pages/visit.js";

/** A page about people and doors waits until all of them are on the phone: a part would pass for the whole. */
const whole = (module) => ({
  ...module,
  page: (...asked) => (state.partial ? { title: t("正在下载"), live: true, back: "#/", body: nothing(t("本网格的人员和房屋还在下载，下载完就会显示。")) } : module.page(...asked)),
});

// All pages in one file: what is on the phone is whole.
define({
  "": home, list, duty, item, aid, report, me, records, record,
  ...Object.fromEntries(Object.entries({ doors, building, room, place, visit, form, found, care, map }).map(([name, module]) => [name, whole(module)])),
});

export async function start() {
  largeType();
  if (!capable()) return;
  askEarly();
  addEventListener("unhandledrejection", (event) => isFull(event.reason) && fullPhone());
  try {
    if (localStorage.getItem("wangge.field.leaving") && navigator.onLine) await leaveNow();
    const [contact, days, cursor] = await Promise.all([recall("contact", 0), recall("days", 7), recall("cursor", "")]);
    tell({ contact, days, partial: Boolean(contact) && !cursor });
    if (!contact) askAhead();
    if (isTooLong()) return void (await tooLong());
    await operations();
  } catch (error) {
    return broken(error);
  }
  await frame();
  if (state.contact) serviceWorker();
  let pulled = 0;
  onState(({ pulled: now = 0 }) => { if (now !== pulled) { pulled = now; again(); } });
  navigator.storage?.persist?.().catch(() => {});
  const round = begin({ otherUser, wiped: farewell, tooLong, first: fetchLater });
  if (!state.contact) round.finally(serviceWorker); // the first time, the list goes before the copy for later
}

function largeType() {
  document.documentElement.classList.toggle("large", localStorage.getItem("wangge.field.large") === "1");
}

/** Without these the app cannot keep its promises; better to say so at once. */
function capable() {
  if (self.crypto?.subtle && self.indexedDB && navigator.locks) return true;
  const words = self.isSecureContext ? t("这个浏览器太旧，不能安全地保存数据。请更新浏览器，或换系统自带的浏览器。") : t("地址不是 https，浏览器不让保存加密数据。请用 https 地址打开。");
  fill(document.getElementById("main"), html`<div class="note bad" role="alert"><p>${words}</p></div>`);
  return false;
}

function broken(error) {
  console.warn("field:", error);
  const words = error?.name === "QuotaExceededError" ? t("手机存储已满，打不开本机数据。请删掉一些照片或应用，再打开。") : t("打不开本机数据。请关掉其他窗口再试；用无痕模式时不能保存。");
  fill(document.getElementById("main"), html`<div class="note bad" role="alert"><p>${words}</p></div>`);
}

async function tooLong() {
  await wipe();
  farewell("days");
}

/** After the data has gone: what happened, and the way back in. */
function farewell(why) {
  const { days } = state;
  const words = why === "days" ? t("已经 %(days)s 天没有联网，为了安全，手机里的数据已清除。联网登录后会重新下载。", { days }) : t("这部手机已被停用，手机里的数据已清除。要继续使用，请联系社区。");
  fill(document.getElementById("app"), html`<main id="main" class="page"><h1>${t("数据已清除")}</h1><p>${words}</p><p><a class="weui-btn weui-btn_primary" href="${addresses.login}?next=${encodeURIComponent(`${addresses.home}?fresh`)}">${t("登录")}</a></p></main>`);
  document.body.dataset.wiped = why;
}

/** Somebody else has signed in on this phone: never their eyes on these data. */
async function otherUser(me) {
  const left = (await operations()).filter(isUnsettled).length;
  if (left) {
    const before = await recall("me");
    const answer = await asked({
      title: t("这部手机里有别人没发完的记录"),
      text: t("%(before)s还有 %(n)s 条记录没有发完。%(now)s继续使用会删除它们；也可以退出，让%(before)s登录发完。", { before: before.name, now: me.name, n: left }),
      buttons: [["out", t("退出，先让对方发完"), "primary"], ["wipe", t("删除并继续"), "warn"]],
    });
    if (answer !== "wipe") return leaveNow();
  }
  await wipe();
  location.reload();
}

async function leaveNow() {
  await send(addresses.logout, {}).catch(() => null);
  localStorage.removeItem("wangge.field.leaving");
  location.assign(`${addresses.login}?next=${encodeURIComponent(`${addresses.home}?fresh`)}`);
}

/** The rest of the app is fetched once the worker has what the morning needs. */
function fetchLater() {
  navigator.serviceWorker?.controller?.postMessage("fetch-later");
}

async function serviceWorker() {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register(addresses.worker, { scope: addresses.home, updateViaCache: "none" }).catch(() => null);
  if (!registration) return;
  const offer = (worker) => offerUpdate(() => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("take-over");
  });
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const arriving = registration.installing;
    arriving.addEventListener("statechange", () => {
      if (arriving.state === "installed" && navigator.serviceWorker.controller) offer(arriving);
      if (arriving.state === "activated") fetchLater();
    });
  });
  if (state.contact) fetchLater();
  await navigator.serviceWorker.ready;
  document.documentElement.dataset.kept = "yes"; // from here on it opens without signal
}
