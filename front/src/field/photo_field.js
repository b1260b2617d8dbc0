// The part of a form that takes photos: made small at once, shown, taken away again.
import { fullPhone, told } from "./dialogs.js";
import { fill, html } from "./html.js";
import { icon } from "./icons.js";
import { kept, shrink } from "./photo.js";
import { recall, isFull } from "./store/base.js";
import { photo as bytesOf } from "./store/outbox.js";
import { day, t, time } from "./words.js";

const MOST = 6;

/** ``kept`` is an earlier record whose photos are taken over. */
export function photoField({ watermark = [], kept: before = null, changed = () => {} } = {}) {
  let photos = [];
  let root = null;
  let working = Promise.resolve();

  const thumbs = () => html`${photos.map((photo, at) => html`<li><img src="${photo.look}" alt="${t("照片 %(n)s", { n: at + 1 })}"><button type="button" data-act="dropPhoto" data-value="${at}" aria-label="${t("去掉照片 %(n)s", { n: at + 1 })}">×</button></li>`)}`;
  function draw() {
    if (!root) return;
    fill(root.querySelector(".thumbs"), thumbs());
    root.querySelector(".shutter").classList.toggle("small", photos.length > 0);
    root.querySelector(".shutter").hidden = photos.length >= MOST;
    root.querySelector('[data-ask="photos"] .error').hidden = true;
    changed();
  }

  async function take(files) {
    const me = await recall("me");
    for (const file of files) {
      if (photos.length >= MOST) break;
      const now = new Date();
      const blob = await shrink(file, { watermark: [`${day(now)} ${time(now)}`, ...[me?.place, ...watermark].filter(Boolean)] }).catch(() => null);
      if (!blob) {
        await told(t("这张照片打不开"), t("“%(name)s”不是照片，或手机读不出来。请再拍一张。", { name: file.name }));
        continue;
      }
      const made = await kept(blob);
      if (!photos.some((photo) => photo.digest === made.digest)) photos.push(made);
    }
    draw();
  }

  async function takeOver() {
    for (const { digest, type } of before?.photos ?? []) {
      const bytes = await bytesOf(digest);
      if (bytes) photos.push({ digest, bytes, type, look: URL.createObjectURL(new Blob([bytes], { type })) });
    }
    if (photos.length) draw();
  }

  return {
    taken: () => photos,
    settled: () => working,
    body: (label, hint) => html`<div class="ask photos" data-ask="photos"><span class="ask-label" id="photos-label">${label}</span><ul class="thumbs"></ul><label class="shutter">${icon("camera")}<span>${t("拍照")}</span><input type="file" accept="image/*" capture="environment" multiple data-change="photos" aria-labelledby="photos-label"></label><p class="hint">${hint}</p><p class="error" hidden></p></div>`,
    acts: {
      photos(_value, input) {
        const files = [...input.files];
        working = working.then(() => take(files));
        input.value = "";
      },
      dropPhoto(at) {
        URL.revokeObjectURL(photos[at].look);
        photos.splice(at, 1);
        draw();
      },
    },
    async restore(files) {
      for (const file of files) photos.push(await kept(file));
      draw();
    },
    /** Save, and say what to do when the phone is full; null then. */
    async safely(save) {
      try {
        return await save();
      } catch (error) {
        if (!isFull(error)) throw error;
        await fullPhone();
        return null;
      }
    },
    show(into) {
      root = into;
      working = working.then(takeOver);
    },
    leave() {
      root = null;
      for (const photo of photos) URL.revokeObjectURL(photo.look);
      photos = [];
    },
  };
}
