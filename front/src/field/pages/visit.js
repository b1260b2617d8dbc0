// The visit at one door: everything due there as one script, the result, who came along, what was told.
import { asked, sure, toast } from "../dialogs.js";
import { html } from "../html.js";
import { cell, cells, chip, choices, clearWrong, field, wrong } from "../kit.js";
import { kept as packed } from "../photo.js";
import { photoField } from "../photo_field.js";
import { placeLine, placeWatch } from "../place_line.js";
import { answersOf, question } from "../question.js";
import { draftOf } from "../page_draft.js";
import { instead } from "../router.js";
import { recall } from "../store/base.js";
import { drafts } from "../store/drafts.js";
import { operations, record } from "../store/outbox.js";
import { one } from "../store/rows.js";
import { soon } from "../sync/engine.js";
import { RESULTS, duties, roomName } from "../work.js";
import { t } from "../words.js";

const TEAM = () => [["cadre", t("机关干部")], ["captain", t("志愿楼长")], ["volunteer", t("志愿者")], ["police", t("民警")], ["medic", t("医务人员")], ["other", t("其他")]];
// What is sent and counted is the Chinese word itself, whatever language the phone speaks.
const TOPICS = () => [["防诈骗", t("防诈骗")], ["消防和用电", t("消防和用电")], ["燃气安全", t("燃气安全")], ["来返报备", t("来返报备")], ["法律和政策", t("法律和政策")], ["健康和医保", t("健康和医保")], ["防汛防台风", t("防汛防台风")]];
const ASKED = ["done", "partly"]; // only then is there somebody to answer
const COVERS = ["done", "vacant", "refused"]; // only these end what was due at the door

async function nameOf(kind, id) {
  if (kind === "room") {
    const room = await one("rooms", id);
    return room ? roomName(room) : "";
  }
  return (await one(kind === "person" ? "people" : "organisations", id))?.name ?? "";
}

export async function page(kind, id, query) {
  const [name, script, open] = await Promise.all([nameOf(kind, id), one("scripts", `${kind}:${id}`), duties()]);
  const here = open.filter((duty) => !duty.done && String(duty[kind]) === String(id));
  const before = query.from ? (await operations()).find((op) => op.seq === Number(query.from)) : null;
  const draft = draftOf(`visit:${kind}:${id}`);
  const photos = photoField({ watermark: [name], kept: before, changed: () => draft.changed() });
  const where = placeWatch();
  const kept = await draft.load();
  const start = kept?.values ?? before?.about?.values ?? {};
  const forms = await formsOf(script, `${kind}:${id}`);
  return {
    title: name || t("走访"), tab: "doors", back: kind === "room" ? `#/room/${id}` : `#/place/${kind}/${id}`,
    body: html`${kept ? html`<p class="note">${t("接着上次没写完的内容。")} <button type="button" class="link" data-act="anew">${t("重新填写")}</button></p>` : ""}
      ${before?.reason ? html`<p class="note bad">${t("上次未接受：%(reason)s", { reason: before.reason })}</p>` : ""}
      <form data-submit="save" data-change="changed" data-input="changed" novalidate>
        ${choices("result", RESULTS(), { legend: t("这次走访"), chosen: [start.result ?? "done"], must: true })}
        <div id="answers">
          ${parts(script).map(({ title, asked: inside }) => html`<section>${title ? html`<h2>${title}</h2>` : ""}${inside.map((each) => question(each, start))}</section>`)}
          ${script && !script.questions?.length ? html`<p class="note good">${t("资料都是新的，没有要问的问题。")}</p>` : ""}
          ${script ? "" : html`<p class="note good">${t("这一户现在没有要问的问题。")}</p>`}
          ${forms.length ? html`<h2>${t("整张表")}</h2>${cells(forms.map((form) => cell({ title: form.title, text: t("上面的问题也可以在整张表里答"), foot: form.filled ? chip(t("已填"), "good") : "", href: `#/form/${kind}/${id}/${form.key}/${form.number}` })))}` : ""}
        </div>
        ${photos.body(t("照片"), t("可以不拍"))}
        ${field("words", { label: t("下次走访要知道的"), rows: 2, max: 500, value: start.words ?? "" })}
        <details class="card"${start.team?.length ? html` open` : ""}><summary>${t("同行的人")}</summary>${choices("team", TEAM(), { legend: t("谁一起来了"), many: true, chosen: start.team ?? [] })}${field("team_names", { label: t("姓名（可不填）"), value: start.team_names ?? "", max: 60 })}</details>
        <details class="card"${start.topics?.length ? html` open` : ""}><summary>${t("宣传了什么")}</summary>${choices("topics", TOPICS(), { legend: t("主题"), many: true, chosen: start.topics ?? [] })}</details>
        ${placeLine()}
        <div class="foot-bar"><button class="weui-btn weui-btn_primary">${t("保存走访")}</button></div>
      </form>`,
    acts: {
      ...photos.acts, ...where.acts,
      changed(_value, form) {
        follow(form);
        draft.changed();
      },
      async anew() {
        if (!(await sure(t("重新填写？"), t("没写完的内容会去掉。"), t("重新填写")))) return;
        await draft.remove();
        instead(location.hash);
      },
      save: (_value, form) => save(form),
    },
    shown(root) {
      const form = root.querySelector("form");
      photos.show(root);
      if (kept?.files?.length) photos.restore(kept.files.map(({ blob }) => blob));
      where.show(root);
      draft.watch(() => ({ values: valuesOf(form), files: photos.taken().map((photo) => ({ name: photo.digest, blob: new Blob([photo.bytes], { type: photo.type }) })) }));
      follow(form);
    },
    leave: () => { draft.leave(); photos.leave(); where.leave(); },
  };

  async function save(form) {
    clearWrong(form);
    const values = valuesOf(form);
    const given = ASKED.includes(values.result);
    const answers = given ? answersOf(script?.questions ?? [], form) : { values: {}, told: new Set(), bad: null };
    if (answers.bad) return wrong(form, answers.bad.name, answers.bad.words);
    const filled = given ? await filledForms(forms, `${kind}:${id}`) : [];
    const empty = (script?.blocks ?? []).filter((block) => block.needs?.length && !block.needs.some((key) => answers.told.has(key)) && !filled.some((each) => each.key === block.form));
    if (values.result === "done" && empty.length) {
      const choice = await asked({
        title: t("还有没问的：%(parts)s", { parts: empty.map((block) => block.title).join("、") }),
        text: t("可以接着问，也可以记为“部分完成”，下次只问这些。"),
        buttons: [["back", t("接着问"), "primary"], ["partly", t("记为部分完成")]],
      });
      if (choice !== "partly") return form.querySelector(`[data-ask="q.${CSS.escape(empty[0].needs[0])}"]`)?.scrollIntoView({ block: "center" });
      values.result = "partly";
    }
    await photos.settled();
    const names = values.team_names.split(/[、,，\s]+/).filter(Boolean);
    const op = await photos.safely(() => record({
      kind: "visit.done", photos: [...photos.taken(), ...filled.flatMap((each) => each.pictures)], place: where.now(),
      data: {
        [kind]: id, result: values.result, answers: answers.values, shown: (script?.questions ?? []).map((each) => each.key),
        words: values.words.trim(), topics: values.topics, team: values.team.map((each, at) => ({ kind: each, name: names[at] ?? "" })),
        forms: filled.map(({ key, number, instance, xml, files }) => ({ key, number, instance, xml, files })),
        duties: here.map((duty) => duty.id), campaigns: null,
      },
      about: { title: name, page: `#/visit/${kind}/${id}`, values, ends: here.filter((duty) => ends(duty, values.result, answers.values)).map((duty) => duty.id) },
      replaces: before?.state === "rejected" ? before.seq : null,
    }));
    if (!op) return false;
    await draft.remove();
    for (const each of filled) await drafts.remove(`filled:${kind}:${id}:${each.key}:${each.number}`);
    soon(0);
    toast(t("已记下。"));
    return instead(`#/record/${op.seq}`);
  }
}

/** What the server will count as done by this visit: care only when somebody said how the person is. */
function ends(duty, result, answers) {
  if (duty.care) return `care:${duty.care}:safe` in answers;
  return COVERS.includes(result) && duty.kind !== "patrol" && duty.kind !== "screening";
}

/** The questions under the parts of the visit they belong to, each once; the rest at the end. */
function parts(script) {
  const left = new Map((script?.questions ?? []).map((each) => [each.key, each]));
  const taken = (keys) => keys.filter((key) => left.has(key)).map((key) => { const each = left.get(key); left.delete(key); return each; });
  const found = (script?.blocks ?? []).map(({ title, needs = [] }) => ({ title, asked: taken(needs) }));
  return [...found, ...(left.size ? [{ title: "", asked: [...left.values()] }] : [])];
}

function valuesOf(form) {
  const data = new FormData(form);
  const values = Object.fromEntries([...data].filter(([name]) => !["team", "topics"].includes(name)));
  for (const name of new Set([...data.keys()].filter((each) => /^[qi]\./.test(each)))) if (data.getAll(name).length > 1) values[name] = data.getAll(name);
  return { ...values, team: data.getAll("team"), topics: data.getAll("topics") };
}

function follow(form) {
  form.querySelector("#answers").hidden = !ASKED.includes(new FormData(form).get("result"));
}

/** Forms of the script that this phone holds, with what is filled in and not yet sent. */
async function formsOf(script, at) {
  const found = await Promise.all((script?.forms ?? []).map(async ({ key, number, title }) => ({
    key, number, title, held: Boolean(await recall(`form:${key}:${number}`)),
    filled: Boolean(await drafts.load(`filled:${at}:${key}:${number}`).catch(() => null)),
  })));
  return found.filter((form) => form.held);
}

async function filledForms(forms, at) {
  const found = [];
  for (const { key, number } of forms) {
    const held = await drafts.load(`filled:${at}:${key}:${number}`).catch(() => null);
    if (!held) continue;
    const pictures = await Promise.all(held.files.map(({ blob }) => packed(blob)));
    found.push({ key, number, instance: held.instance, xml: held.xml, pictures, files: held.files.map(({ name }, nth) => ({ name, digest: pictures[nth].digest })) });
  }
  return found;
}
