// openForm: a form of the district on a phone, its answers as OpenRosa wants them. Nothing here knows a server.
import "./forms.css";
import { bar } from "./bar.js";
import { errorsOf, leadTo, progressOf } from "./checking.js";
import { drafts as onThisPhone } from "./drafts.js";
import { scope, signal, unread } from "./effects.js";
import { button, h } from "./element.js";
import { heldOf, keeper, keyOf, snapshotOf } from "./keeping.js";
import { languagesOf, turnTo } from "./languages.js";
import { loaded, Unopened } from "./loading.js";
import { drawn } from "./sections.js";
import { sender } from "./sending.js";
import { confirmed } from "./sheet.js";
import { clock, speaker, wordsOnPage } from "./texts.js";
import { waivedByNode } from "./waived.js";

/** Open a form in ``mount``.
 *
 *  xform      the XForm's text
 *  instance   an earlier answer to go on with, { xml, files: [{ name, blob }] } or its XML; null for a new one
 *  prefill    { "/data/path": "value" }, for new answers only; "/data/members[2]/name" grows the repeat
 *  media      { "rooms.csv": Blob or address }, what the form brings along
 *  drafts     { load(key), save(key, draft), remove(key) }; null keeps none
 *  key        which draft; without one the form's own id and version
 *  place      { latitude, longitude, accuracy } for photos, or a function that gives it
 *  watermark  words for the foot of photos, such as the grid's name; a text or a list
 *  onSubmit   ({ instanceID, xml, files: [{ name, blob }], waived: { path: why } }) → promise; refused: the form stays
 *  onCancel   without it there is no way back in the form itself
 *  words      texts by key; without them those of the page (tag form_words)
 *  language   which of the form's languages, by tag; without it the page's
 *
 *  Returns { close(), progress(), validate(), setLanguage(tag), languages, failed }. ``failed`` names why the form
 *  could not be opened, which ``mount`` says in words; null when it was.
 */
export async function openForm(asked) {
  const { mount, xform, instance = null, drafts = onThisPhone, onCancel = null, words = wordsOnPage(), language = document.documentElement.lang } = asked;
  const form = contextOf(asked, speaker(words), language);
  mount.replaceChildren(form.element);
  form.element.append(h("p", { class: "wf-note", role: "status" }, form.say("opening")));
  const key = asked.key ?? keyOf(xform);
  const draft = drafts ? await drafts.load(key).catch(() => null) : null;
  try {
    await begin(form, asked, draft ?? heldOf(instance));
  } catch (error) {
    return unopened(form, error, onCancel);
  }
  if (draft && form.lost) await drafts.save(`${key}#unreadable`, draft).catch(() => {}); // kept for whoever can still read it
  turnTo(form.root, language);
  const handle = handleOf(form);
  const anew = async () => {
    if (!(await confirmed(form, form.say("draft_anew"), form.say("draft_anew_sure"), form.say("draft_anew_yes")))) return;
    await form.keep.remove();
    form.end();
    Object.assign(handle, await openForm(asked));
  };
  draw(form, asked, draft && !form.lost ? resumed(form, draft, anew) : null);
  if (drafts) keep(form, drafts, key);
  return handle;
}

/** What every part of the form knows. */
function contextOf({ media = {}, place = null, watermark = null }, say, language) {
  const form = {
    say, media, place, watermark,
    element: h("div", { class: "wf", lang: language || null }),
    live: h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" }),
    addresses: new Map(), questions: new Map(), work: new Set(),
    showing: signal(false), sending: signal(false), sent: signal(false), waived: signal({}), draft: signal({ state: "none" }),
    root: null, missing: [], brought: new Map(), lost: false, keep: null, end() {},
    changed: () => form.keep?.changed(),
    announce: (text) => { form.live.textContent = text; },
    async working(promise) {
      form.work.add(promise);
      try { return await promise; } finally { form.work.delete(promise); }
    },
  };
  return form;
}

/** Load the form; an earlier answer that it cannot read keeps nobody from beginning anew. */
async function begin(form, { xform, prefill = {} }, held) {
  const load = (from) => loaded({ form, xform, prefill, held: from });
  const take = ({ root, missing }, from) => {
    Object.assign(form, { root, missing, brought: new Map((from?.files ?? []).map(({ name, blob }) => [name, blob])) });
    form.waived.now = waivedByNode(root, from?.waived ?? {});
  };
  try {
    take(await load(held), held);
  } catch (error) {
    if (!held) throw error;
    take(await load(null), null);
    form.lost = true;
  }
}

function draw(form, { title = "", onSubmit, onCancel = null }, resumed) {
  const sending = sender(form, onSubmit);
  const back = async () => {
    await form.keep?.now();
    onCancel();
  };
  const [, end] = scope(() => {
    const bad = (key, values) => h("p", { class: "wf-note wf-bad", role: "status" }, form.say(key, values));
    form.element.replaceChildren(...[
      title || onCancel ? h("header", { class: "wf-top" }, title ? h("h1", { tabIndex: -1 }, title) : null, onCancel ? button(form.say("back"), back, "default", { class: "wf-link" }) : null) : null,
      resumed,
      form.lost ? bad("draft_unreadable") : null,
      ...form.missing.map((name) => bad("list_missing", { name })),
      h("div", { class: "wf-questions" }, ...drawn(form, form.root)),
      sending.element, bar(form, sending.submit), form.live,
    ].filter(Boolean));
  });
  form.end = () => {
    end();
    for (const address of form.addresses.values()) URL.revokeObjectURL(address);
  };
}

function resumed(form, draft, anew) {
  const words = h("span", {}, form.say("draft_back", { at: clock(new Date(draft.at)) }));
  return h("div", { class: "wf-note", role: "status" }, words, button(form.say("draft_anew"), anew, "default", { class: "wf-link" }));
}

function keep(form, drafts, key) {
  const said = (state, at) => {
    const before = unread(() => form.draft.now);
    if (state === "settled") form.draft.now = { ...before, state: before.at ? "saved" : "none" };
    else if (state !== before.state || at) form.draft.now = { at: before.at, ...(at ? { at } : {}), state };
  };
  form.keep = keeper(drafts, key, () => snapshotOf(form), said);
  form.keep.begins(snapshotOf(form));
  const leaving = () => { if (document.visibilityState === "hidden") form.keep.now(); };
  document.addEventListener("visibilitychange", leaving);
  addEventListener("pagehide", form.keep.now);
  const end = form.end;
  form.end = () => {
    document.removeEventListener("visibilitychange", leaving);
    removeEventListener("pagehide", form.keep.now);
    end();
  };
}

function handleOf(form) {
  return {
    failed: null,
    languages: languagesOf(form.root),
    setLanguage: (tag) => turnTo(form.root, tag),
    progress: () => unread(() => progressOf(form)),
    validate() {
      const errors = errorsOf(form);
      if (errors.length) leadTo(form, errors);
      return errors.map(({ path, label, message }) => ({ path, label, message }));
    },
    async close() {
      if (!form.sent.now) await form.keep?.close();
      form.end();
      form.element.remove();
    },
  };
}

function unopened(form, error, onCancel) {
  const known = error instanceof Unopened ? error : new Unopened("load_broken");
  if (known !== error) console.warn("forms:", error);
  form.element.replaceChildren(h("div", { class: "wf-note wf-bad", role: "alert" }, h("p", {}, form.say(known.key, known.values)), onCancel ? button(form.say("back"), onCancel) : null));
  const progress = { required: 0, answered: 0, missing: 0, wrong: 0 };
  return { failed: known.key, languages: [], setLanguage() {}, progress: () => progress, validate: () => [], async close() { form.element.remove(); } };
}
