// Small parts that pages are made of.
import { html } from "./html.js";
import { icon } from "./icons.js";
import { moment, t } from "./words.js";
import { standing } from "./records.js";

/** One line of a list. ``href`` leads on, ``act`` does something. */
export function cell({ title, text = null, foot = null, href = null, act = null, value = "", lead = null, look = "" }) {
  const inside = html`${lead ? html`<span class="cell-lead">${lead}</span>` : ""}<span class="cell-main"><span class="cell-title">${title}</span>${text ? html`<span class="cell-text">${text}</span>` : ""}</span>${foot ? html`<span class="cell-foot">${foot}</span>` : ""}${href ? icon("next") : ""}`;
  if (href) return html`<li><a class="cell ${look}" href="${href}">${inside}</a></li>`;
  if (act) return html`<li><button type="button" class="cell ${look}" data-act="${act}" data-value="${value}">${inside}</button></li>`;
  return html`<li class="cell ${look}">${inside}</li>`;
}

export const cells = (rows, label = null) => html`<ul class="cells"${label ? html` aria-label="${label}"` : ""}>${rows}</ul>`;
export const nothing = (words, more = null) => html`<div class="nothing"><p>${words}</p>${more}</div>`;
export const chip = (words, look = "") => html`<span class="chip ${look}">${words}</span>`;
export const button = (words, act, look = "default", value = "") => html`<button type="button" class="weui-btn weui-btn_${look}" data-act="${act}" data-value="${value}">${words}</button>`;

/** A set of choices of which one or several hold. ``options`` = [[code, label]]. */
export function choices(name, options, { chosen = [], many = false, legend, must = false, hint = null }) {
  const boxes = options.map(([code, label]) => html`<label><input type="${many ? "checkbox" : "radio"}" name="${name}" value="${code}"${chosen.includes(code) ? html` checked` : ""}><span>${label}</span></label>`);
  return html`<fieldset class="ask" data-ask="${name}"><legend>${legend}${must ? html` <span class="must">${t("必选")}</span>` : ""}</legend>${hint ? html`<p class="hint">${hint}</p>` : ""}<div class="choices">${boxes}</div><p class="error" id="${name}-error" hidden></p></fieldset>`;
}

/** A field with its label above it. */
export function field(name, { label, value = "", type = "text", hint = null, rows = 0, mode = null, max = 200, must = false }) {
  const described = html`aria-describedby="${name}-hint ${name}-error"`;
  const input = rows
    ? html`<textarea class="weui-textarea" id="f-${name}" name="${name}" rows="${rows}" maxlength="${max}" ${described}>${value}</textarea>`
    : html`<input class="weui-input" id="f-${name}" name="${name}" type="${type}" value="${value}" maxlength="${max}" autocomplete="off"${mode ? html` inputmode="${mode}"` : ""} ${described}>`;
  return html`<div class="ask" data-ask="${name}"><label for="f-${name}">${label}${must ? html` <span class="must">${t("必填")}</span>` : ""}</label>${input}<p class="hint" id="${name}-hint"${hint ? "" : html` hidden`}>${hint}</p><p class="error" id="${name}-error" hidden></p></div>`;
}

/** How a record stands, as a chip. */
export function standingChip(op) {
  const { words, look, key } = standing(op);
  return html`<span class="chip ${look}" data-standing="${key}">${words}</span>`;
}

export const recordCell = (op, name) => cell({
  title: html`${name}${op.about?.title ? html` · ${op.about.title}` : ""}`, text: moment(op.at), foot: standingChip(op), href: `#/record/${op.seq}`,
});

/** Show what is wrong with a field, and put the focus there. Returns false for convenience. */
export function wrong(root, name, words) {
  const ask = root.querySelector(`[data-ask="${name}"]`);
  const line = ask.querySelector(".error");
  line.textContent = words;
  line.hidden = false;
  const input = ask.querySelector("input, textarea, select, button");
  input.setAttribute("aria-invalid", "true");
  input.focus();
  ask.scrollIntoView({ block: "center" });
  return false;
}

export function clearWrong(root) {
  for (const line of root.querySelectorAll(".error")) line.hidden = true;
  for (const input of root.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}
