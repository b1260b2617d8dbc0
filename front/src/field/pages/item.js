// How one item of a patrol ended. What is not normal needs a photo and the place.
import { toast } from "../dialogs.js";
import { html } from "../html.js";
import { choices, clearWrong, field, nothing, wrong } from "../kit.js";
import { photoField } from "../photo_field.js";
import { placeLine, placeWatch } from "../place_line.js";
import { back } from "../router.js";
import { operations, record } from "../store/outbox.js";
import { one } from "../store/rows.js";
import { soon } from "../sync/engine.js";
import { OUTCOMES, duty as dutyOf, lastOf } from "../work.js";
import { t } from "../words.js";

export async function page(dutyId, itemId, query) {
  const duty = await dutyOf(dutyId);
  const scene = duty?.scene ? await one("scenes", duty.scene) : null;
  const item = scene?.items.find((each) => String(each.id) === String(itemId));
  if (!item) return { title: t("检查事项"), back: "#/list", body: nothing(t("这项任务已经不在您的清单里。")) };
  const before = query.from ? (await operations()).find((op) => op.seq === Number(query.from)) : null;
  const [photos, where] = [photoField({ watermark: [item.name], kept: before }), placeWatch()];
  return {
    title: item.name, tab: "list", back: `#/duty/${dutyId}`,
    body: html`${item.hint ? html`<p class="lead">${item.hint}</p>` : ""}${before?.reason ? html`<p class="note bad">${t("上次未接受：%(reason)s", { reason: before.reason })}</p>` : ""}
      <form data-submit="save" novalidate>
        ${choices("outcome", OUTCOMES(), { legend: t("结果"), chosen: [before?.data.outcome ?? query.outcome ?? ""], must: true })}
        ${photos.body(t("照片"), t("除“正常”外必须拍照"))}
        ${field("words", { label: t("说明"), rows: 2, max: 500, value: before?.data.words ?? "" })}
        ${placeLine()}
        <div class="foot-bar"><button class="weui-btn weui-btn_primary">${t("保存")}</button></div>
      </form>`,
    acts: {
      ...photos.acts, ...where.acts,
      async save(_value, form) {
        clearWrong(form);
        const { outcome, words } = Object.fromEntries(new FormData(form));
        if (!outcome) return wrong(form, "outcome", t("请选择结果。"));
        if (outcome !== "normal" && !photos.taken().length) return wrong(form, "photos", t("这个结果要有照片：请拍一张现场。"));
        if (outcome !== "normal" && !where.now()) return wrong(form, "place", t("这个结果要有位置：请在地图上点一下，或到开阔处再试。"));
        await photos.settled();
        const done = await photos.safely(async () => record({
          kind: "patrol.item", data: { duty: duty.id, item: item.id, outcome, words: words.trim() }, photos: photos.taken(), place: where.now(),
          about: { title: item.name, ends: await lastOf(duty, scene, [item]), page: `#/item/${dutyId}/${itemId}` }, replaces: before?.state === "rejected" ? before.seq : null,
        }));
        if (!done) return false;
        soon(0);
        toast(t("已记下。"));
        return back(`#/duty/${dutyId}`);
      },
    },
    shown: (root) => { photos.show(root); where.show(root); },
    leave: () => { photos.leave(); where.leave(); },
  };
}
