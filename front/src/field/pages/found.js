// Somebody who lives here and is not in the register.
import { listOf } from "../codes.js";
import { toast } from "../dialogs.js";
import { html } from "../html.js";
import { choices, clearWrong, field, nothing, wrong } from "../kit.js";
import { back } from "../router.js";
import { operations, record } from "../store/outbox.js";
import { one } from "../store/rows.js";
import { soon } from "../sync/engine.js";
import { roomName } from "../work.js";
import { t } from "../words.js";

export async function page(id, query) {
  const room = await one("rooms", id);
  if (!room) return { title: t("登记新住户"), back: "#/doors", body: nothing(t("这一户不在您的网格里。")) };
  const before = query.from ? (await operations()).find((op) => op.seq === Number(query.from)) : null;
  const held = before?.data ?? {};
  const relations = await listOf("relation");
  return {
    title: t("登记新住户"), tab: "doors", back: `#/room/${id}`,
    body: html`<p class="lead">${await roomName(room)}</p>${before?.reason ? html`<p class="note bad">${t("上次未接受：%(reason)s", { reason: before.reason })}</p>` : ""}
      <form data-submit="save" novalidate>
        ${field("name", { label: t("姓名"), value: held.name, must: true, max: 40 })}
        ${choices("sex", [["1", t("男")], ["2", t("女")]], { legend: t("性别"), chosen: [held.sex] })}
        ${field("birth", { label: t("出生日期"), value: held.birth, type: "date" })}
        ${field("phone", { label: t("电话"), value: held.phone, mode: "tel", max: 20 })}
        ${field("id_no", { label: t("证件号码"), value: held.id_no, max: 20, hint: t("可以不填；填了会核对校验位") })}
        ${choices("relation", relations, { legend: t("和户主的关系"), chosen: [held.relation] })}
        <div class="foot-bar"><button class="weui-btn weui-btn_primary">${t("保存")}</button></div>
      </form>`,
    acts: {
      async save(_value, form) {
        clearWrong(form);
        const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
        if (!given.name) return wrong(form, "name", t("请填写姓名。"));
        if (given.id_no && given.id_no.length === 18 && !checks(given.id_no)) return wrong(form, "id_no", t("证件号码的校验位不对，请再看一遍证件。"));
        await record({ kind: "person.found", data: { room: id, ...given }, about: { title: given.name, page: `#/found/${id}` }, replaces: before?.state === "rejected" ? before.seq : null });
        soon(0);
        toast(t("已记下。"));
        return back(`#/room/${id}`);
      },
    },
  };
}

/** The check digit of an 18-digit number (GB 11643). */
function checks(number) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  if (!/^\d{17}[\dXx]$/.test(number)) return false;
  return "10X98765432"[weights.reduce((sum, weight, at) => sum + weight * Number(number[at]), 0) % 11] === number[17].toUpperCase();
}
