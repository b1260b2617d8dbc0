// The line of a form that says whether the place is known; without satellites it can be shown on the map.
import { pointed } from "./place_pointed.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { place } from "./place.js";
import { t } from "./words.js";

export const placeLine = () => html`<div class="place" data-ask="place"><p role="status" id="place">${icon("map")}<span>${t("正在定位……")}</span></p><button type="button" class="small-act" data-act="point" id="point" hidden>${t("在地图上点")}</button><p class="error" hidden></p></div>`;

/** Asks for the place while the form is filled in; ``now()`` is what is known when it is saved. */
export function placeWatch() {
  let [known, line, over] = [null, null, false];
  function say(words) {
    if (!line || over) return;
    line.querySelector("#place span").textContent = words;
    line.querySelector("#point").hidden = Boolean(known && !known.by);
  }
  const tell = () => say(known ? (known.by ? t("已在地图上点了位置") : t("已定位，误差约 %(m)s 米", { m: known.accuracy_m })) : t("定位不到：可在地图上点一下，或到开阔处再试。"));
  return {
    now: () => known,
    acts: {
      async point() {
        known = (await pointed()) ?? known;
        tell();
      },
    },
    show(root) {
      line = root.querySelector('[data-ask="place"]');
      place().then((found) => { known ??= found; tell(); });
    },
    leave: () => { over = true; },
  };
}
