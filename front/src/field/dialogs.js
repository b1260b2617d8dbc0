// Questions and short messages above the page.
import { fill, html } from "./html.js";
import { t } from "./words.js";

/** Ask; resolves to the value of the button, "" when it was closed. ``buttons`` = [[value, words, look]]. */
export function asked({ title, text = "", body = null, buttons, sheet = false }) {
  const box = document.createElement("dialog");
  box.className = sheet ? "sheet" : "ask-box";
  box.setAttribute("aria-labelledby", "ask-title");
  fill(box, html`<form method="dialog"><h2 id="ask-title">${title}</h2>${text ? html`<p>${text}</p>` : ""}${body}<div class="ask-buttons">${buttons.map(([value, words, look = "default"]) => html`<button class="weui-btn weui-btn_${look}" value="${value}">${words}</button>`)}</div></form>`);
  document.body.append(box);
  box.addEventListener("click", (event) => event.target === box && sheet && box.close(""));
  box.showModal();
  return new Promise((done) => box.addEventListener("close", () => { box.remove(); done(box.returnValue); }));
}

export const sure = async (title, text, yes, look = "warn") => (await asked({ title, text, buttons: [["yes", yes, look], ["", t("取消")]] })) === "yes";
export const told = (title, text) => asked({ title, text, buttons: [["ok", t("知道了"), "primary"]] });

export const fullPhone = () => told(t("手机存储已满，还没有保存"), t("请先删掉一些照片或应用，再点一次保存；写好的内容还在这一页。"));

let going = 0;

/** A line at the foot of the page, with something to take it back; gone after some seconds. */
export function toast(words, { does = null, act = null, seconds = 4 } = {}) {
  const place = document.getElementById("toast");
  clearTimeout(going);
  fill(place, html`<p>${words}</p>${does ? html`<button type="button" class="toast-act">${does}</button>` : ""}`);
  place.hidden = false;
  place.querySelector("button")?.addEventListener("click", () => { place.hidden = true; act(); });
  going = setTimeout(() => { place.hidden = true; }, seconds * 1000);
}
