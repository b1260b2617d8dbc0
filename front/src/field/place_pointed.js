// Pointing at a place on the grid's picture.
import { asked, told } from "./dialogs.js";
import { HIGH, WIDE, gridMap, pointOf } from "./grid_map.js";
import { html } from "./html.js";
import { t } from "./words.js";

const ROUGH = 50; // metres a finger is off by

/** { lon, lat, accuracy_m, by } or null. */
export async function pointed() {
  const map = await gridMap();
  if (!map) {
    await told(t("还没有地图"), t("联网同步后才有本网格的地图。"));
    return null;
  }
  let found = null;
  const names = map.buildings.map((each) => { const [x, y] = map.at([each.lon, each.lat]); return html`<circle class="dot" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="11"/><text class="map-name" font-size="30" stroke-width="6" x="${x.toFixed(1)}" y="${(y - 20).toFixed(1)}">${each.name}</text>`; });
  const answer = asked({
    title: t("在哪里？点一下地图"), sheet: true,
    body: html`<svg class="pointing" viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label="${t("网格地图")}">${map.border}${names}<circle class="here" r="18" visibility="hidden"/></svg>`,
    buttons: [["ok", t("就是这里"), "primary"], ["", t("取消")]],
  });
  const picture = document.querySelector(".pointing");
  picture.addEventListener("click", (event) => {
    const [x, y] = pointOf(picture, event);
    const dot = picture.querySelector(".here");
    dot.setAttribute("cx", x);
    dot.setAttribute("cy", y);
    dot.setAttribute("visibility", "visible");
    const [lon, lat] = map.back([x, y]);
    found = { lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)), accuracy_m: ROUGH, by: "hand" };
  });
  return (await answer) === "ok" ? found : null;
}
