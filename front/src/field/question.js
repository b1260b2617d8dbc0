// One question of a script as a cell: asked because it is missing, contradicted or old; what is known stands by.
import { html } from "./html.js";
import { choices, field } from "./kit.js";
import { t } from "./words.js";

const WHY = { missing: () => t("还不知道"), contradicted: () => t("两处说法不一"), stale: () => t("很久没有核实") };
const MODES = { number: "numeric", phone: "tel", id_no: "text" };

/** ``start`` is what was filled in before. */
export function question(each, start) {
  const name = `q.${each.key}`;
  const held = start[name];
  const hint = [each.reason || WHY[each.why]?.(), each.known ? t("已登记：%(known)s", { known: each.known }) : ""].filter(Boolean).join(" ");
  const many = each.type === "several";
  const chosen = held === undefined ? [] : [held].flat();
  const body = each.options?.length
    ? choices(name, each.options, { legend: each.label, many, chosen, hint })
    : field(name, { label: each.label, value: held ?? "", hint, type: each.type === "date" ? "date" : "text", mode: MODES[each.type] ?? null, max: each.type === "text" ? 300 : 60 });
  const instead = [each.known ? [`same`, t("没有变化")] : null, ["untold", t("不愿说")]].filter(Boolean);
  const escape = each.type === "photo" ? "" : html`<div class="instead">${instead.map(([code, words]) => html`<label><input type="checkbox" name="i.${each.key}" value="${code}"${[start[`i.${each.key}`]].flat().includes(code) ? html` checked` : ""}><span>${words}</span></label>`)}</div>`;
  return html`<div class="card question">${each.type === "photo" ? html`<p class="ask-label">${each.label}</p><p class="hint">${t("请用下面的“照片”拍。")}</p>` : body}${escape}</div>`;
}

/** { values: { key: answer }, told: Set of keys, bad: { name, words } | null }. An answer is a text, a list of
 *  codes, true for "as it is registered", false for "asked, not told". */
export function answersOf(questions, form) {
  const data = new FormData(form);
  const [values, told] = [{}, new Set()];
  let bad = null;
  for (const { key, type } of questions) {
    const given = data.getAll(`q.${key}`).map((value) => String(value).trim()).filter(Boolean);
    const instead = data.getAll(`i.${key}`);
    if (given.length) {
      values[key] = type === "several" ? given : given[0];
      bad ??= fault(key, type, given[0]);
    } else if (instead.includes("same")) values[key] = true;
    else if (instead.includes("untold")) values[key] = false;
    if (key in values) told.add(key);
  }
  return { values, told, bad };
}

function fault(key, type, value) {
  const name = `q.${key}`;
  if (type === "phone" && !/^\+?[\d\s-]{5,20}$/.test(value)) return { name, words: t("电话只写数字，例如 11 位手机号，或带区号的座机号。") };
  if (type === "number" && !/^-?\d+(\.\d+)?$/.test(value)) return { name, words: t("这里要填数字。") };
  return null;
}
