// Report now: a photo, the kind, done.
import { toast } from "../dialogs.js";
import { html } from "../html.js";
import { choices, clearWrong, field, wrong } from "../kit.js";
import { photoField } from "../photo_field.js";
import { draftOf } from "../page_draft.js";
import { placeLine, placeWatch } from "../place_line.js";
import { instead } from "../router.js";
import { operations, record } from "../store/outbox.js";
import { all } from "../store/rows.js";
import { soon } from "../sync/engine.js";
import { t } from "../words.js";

const KINDS = () => [["event", t("事件")], ["hazard", t("隐患")], ["whistle", t("转吹哨")]];
const MOST_TOPICS = 60;

export async function page(query = {}) {
  const before = query.from ? (await operations()).find((op) => op.seq === Number(query.from)) : null;
  const draft = draftOf("report");
  const kept = before || query.topic ? null : await draft.load();
  const start = before?.data ?? kept?.values ?? query;
  const photos = photoField({ watermark: [t("上报")], kept: before, changed: () => draft.changed() });
  const where = placeWatch();
  const topics = [...new Set((await all("scenes")).filter((scene) => scene.list === "daily" || !scene.list).flatMap((scene) => scene.items.map((item) => item.name)))].slice(0, MOST_TOPICS);
  return {
    title: t("上报"), tab: "report", back: query.topic ? "#/aid" : null,
    body: html`${before?.reason ? html`<p class="note bad">${t("上次未接受：%(reason)s", { reason: before.reason })}</p>` : ""}
      <form data-submit="save" data-input="changed" data-change="changed" novalidate>
        ${photos.body(t("照片"), t("没有照片就写明情况"))}
        ${choices("kind", KINDS(), { legend: t("是什么"), chosen: [start.kind ?? ""], must: true })}
        ${field("words", { label: t("情况"), rows: 2, max: 500, value: start.words ?? "" })}
        <div class="ask"><label for="f-topic">${t("哪一类（可不选）")}</label><input class="weui-input" id="f-topic" name="topic" list="topics" maxlength="80" autocomplete="off" value="${start.topic ?? ""}"><datalist id="topics">${topics.map((each) => html`<option value="${each}"></option>`)}</datalist></div>
        ${placeLine()}
        <div class="foot-bar"><button class="weui-btn weui-btn_primary">${t("上报")}</button></div>
      </form>`,
    acts: {
      ...photos.acts, ...where.acts,
      changed: () => draft.changed(),
      async save(_value, form) {
        clearWrong(form);
        await photos.settled();
        const { kind, words, topic } = Object.fromEntries(new FormData(form));
        if (!photos.taken().length && !words.trim()) return wrong(form, "photos", t("请拍一张照片，或在下面写明情况。"));
        if (!kind) return wrong(form, "kind", t("请选择：事件、隐患，或转吹哨。"));
        const title = topic.trim() || KINDS().find(([code]) => code === kind)[1];
        const op = await photos.safely(() => record({
          kind: "report.now", data: { kind, topic: title, words: words.trim() }, photos: photos.taken(), place: where.now(),
          about: { title, page: "#/report" }, replaces: before?.state === "rejected" ? before.seq : null,
        }));
        if (!op) return false;
        await draft.remove();
        soon(0);
        toast(t("已记下。"));
        return instead(`#/record/${op.seq}`);
      },
    },
    shown(root) {
      const form = root.querySelector("form");
      photos.show(root);
      if (kept?.files?.length) photos.restore(kept.files.map(({ blob }) => blob));
      where.show(root);
      draft.watch(() => ({ values: Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string")), files: photos.taken().map((photo) => ({ name: photo.digest, blob: new Blob([photo.bytes], { type: photo.type }) })) }));
    },
    leave: () => { draft.leave(); photos.leave(); where.leave(); },
  };
}
