// A form of a campaign, filled in at the door; its engine is loaded when first needed.
import { told } from "../dialogs.js";
import { html } from "../html.js";
import { nothing } from "../kit.js";
import { place } from "../place.js";
import { back } from "../router.js";
import { recall } from "../store/base.js";
import { drafts } from "../store/drafts.js";
import { roomName } from "../work.js";
import { one } from "../store/rows.js";
import { t } from "../words.js";

const inForms = async () => {
  const at = await place();
  return at && { longitude: at.lon, latitude: at.lat, accuracy: at.accuracy_m };
};

/** { repeat: [{ way: value }] } of a script as answers by path: "/data/members[2]/name". */
const known = (repeats) => Object.fromEntries(Object.entries(repeats).flatMap(([repeat, rows]) =>
  rows.flatMap((row, at) => Object.entries(row).map(([way, value]) => [`${repeat}[${at + 1}]/${way}`, value]))));

export async function page(kind, id, key, number) {
  const [held, me, script] = await Promise.all([recall(`form:${key}:${number}`), recall("me"), one("scripts", `${kind}:${id}`)]);
  const way = `#/visit/${kind}/${id}`;
  const room = kind === "room" ? await one("rooms", id) : null;
  const title = script?.blocks.find((block) => block.form === key)?.title ?? t("表单");
  if (!held) return { title, back: way, body: nothing(t("这张表还没有下载，联网同步后再填。")) };
  let opened = null;
  return {
    title, tab: "doors", back: way, body: html`<div id="form"></div>`,
    async shown(root) {
      const { openForm } = await import("../../forms/open.js");
      const mark = `${kind}:${id}:${key}:${number}`;
      const before = await drafts.load(`filled:${mark}`).catch(() => null);
      opened = await openForm({
        mount: root.querySelector("#form"), xform: held.xform, instance: before ? { xml: before.xml, files: before.files } : null,
        prefill: known(script?.prefill?.[key] ?? {}), drafts, key: `form:${mark}`, place: inForms,
        watermark: [me?.place, room && (await roomName(room))].filter(Boolean),
        async onSubmit({ instanceID, xml, files }) {
          await drafts.save(`filled:${mark}`, { instance: instanceID, xml, files, at: Date.now() });
          back(way);
        },
        onCancel: () => back(way),
      }).catch(() => null);
      if (!opened) await told(t("打不开这张表"), t("填表用的程序还没有下载。请联网打开一次，再离线使用。"));
    },
    leave: () => opened?.close(),
  };
}
