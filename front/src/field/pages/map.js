// The grid without signal: its border, its buildings, and me. Drawn as SVG: no tiles, no WebGL needed.
import { HIGH, WIDE, gridMap } from "../grid_map.js";
import { html } from "../html.js";
import { button, nothing } from "../kit.js";
import { place } from "../place.js";
import { all } from "../store/rows.js";
import { duties } from "../work.js";
import { t } from "../words.js";

const [ACROSS, HIGH_OF_NAME] = [150, 44]; // room a name takes, in the picture's units at its first size

export async function page() {
  const [map, rooms, open] = await Promise.all([gridMap(), all("rooms"), duties()]);
  if (!map) return { title: t("网格地图"), back: "#/", tab: "", body: nothing(t("还没有地图：联网同步后再看。")) };
  const { areas, buildings, at, border } = map;
  const roomsOf = new Map(rooms.map((room) => [String(room.id), String(room.building)]));
  const due = new Set(open.filter((duty) => !duty.done && duty.room).map((duty) => roomsOf.get(String(duty.room))));
  const dots = buildings.map((each) => {
    const [x, y] = at([each.lon, each.lat]);
    return html`<a href="#/building/${each.id}" aria-label="${each.name}${due.has(String(each.id)) ? t("，有任务") : ""}"><circle class="hit" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="34"/><circle class="dot ${due.has(String(each.id)) ? "due" : ""}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="13"/><text class="map-name" x="${x.toFixed(1)}" y="${(y - 20).toFixed(1)}" data-x="${x.toFixed(1)}" data-y="${y.toFixed(1)}">${each.name}</text></a>`;
  });
  return {
    title: areas.length === 1 ? areas[0].name : t("网格地图"), tab: "", back: "#/",
    body: html`<div class="map"><svg id="map" viewBox="0 0 ${WIDE} ${HIGH}" role="group" aria-label="${t("网格地图：%(n)s 栋楼", { n: buildings.length })}">${border}${dots}<circle id="here" class="here" r="16" visibility="hidden"/></svg>
      <div class="map-tools">${button("＋", "nearer")}${button("－", "farther")}${button(t("我"), "me")}</div></div>
      <p class="hint" id="map-words" role="status">${t("红点是有任务的楼；点一下看楼栋图。")}</p>`,
    acts: {
      nearer: () => zoom(0.7),
      farther: () => zoom(1 / 0.7),
      me: () => here(at),
    },
    shown: movable,
  };
}

const view = (picture) => picture.getAttribute("viewBox").split(" ").map(Number);

function zoom(by) {
  const picture = document.getElementById("map");
  const [x, y, wide, high] = view(picture);
  const scale = Math.min(Math.max(wide * by, WIDE / 12), WIDE * 1.2) / wide;
  picture.setAttribute("viewBox", `${x + (wide * (1 - scale)) / 2} ${y + (high * (1 - scale)) / 2} ${wide * scale} ${high * scale}`);
  tidy(picture);
}

/** Dots and names keep their size on the screen; names that would lie on another are left out until one is nearer. */
function tidy(picture) {
  const unit = view(picture)[2] / WIDE;
  for (const dot of picture.querySelectorAll(".dot")) dot.setAttribute("r", 13 * unit);
  for (const hit of picture.querySelectorAll(".hit")) hit.setAttribute("r", 34 * unit);
  const placed = [];
  for (const name of picture.querySelectorAll(".map-name")) {
    const [x, y] = [Number(name.dataset.x), Number(name.dataset.y)];
    const free = placed.every(([left, top]) => Math.abs(left - x) > ACROSS * unit || Math.abs(top - y) > HIGH_OF_NAME * unit);
    if (free) placed.push([x, y]);
    name.setAttribute("visibility", free ? "visible" : "hidden");
    name.setAttribute("font-size", 26 * unit);
    name.setAttribute("stroke-width", 6 * unit);
    name.setAttribute("y", y - 20 * unit);
  }
}

async function here(at) {
  const words = document.getElementById("map-words");
  words.textContent = t("正在定位……");
  const found = await place();
  const dot = document.getElementById("here");
  if (!dot) return;
  words.textContent = found ? t("已定位，误差约 %(m)s 米", { m: found.accuracy_m }) : t("定位不到：请在系统设置里允许定位，或到开阔处再试。");
  if (!found) return;
  const [x, y] = at([found.lon, found.lat]);
  dot.setAttribute("cx", x);
  dot.setAttribute("cy", y);
  dot.setAttribute("visibility", "visible");
}

/** One finger moves, two fingers bring nearer. */
function movable(root) {
  const picture = root.querySelector("#map");
  if (!picture) return;
  tidy(picture);
  const fingers = new Map();
  let moved = false;
  const spread = () => { const [one, other] = [...fingers.values()]; return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY); };
  picture.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, event); moved = false; });
  picture.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const wide = fingers.size === 2 ? spread() : 0;
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) zoom(wide / Math.max(spread(), 1));
    else {
      const [x, y, across, high] = view(picture);
      const unit = across / picture.clientWidth;
      const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
      moved ||= Math.hypot(dx, dy) > 4;
      picture.setAttribute("viewBox", `${x - dx * unit} ${y - dy * unit} ${across} ${high}`);
    }
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) picture.addEventListener(end, (event) => fingers.delete(event.pointerId));
  picture.addEventListener("click", (event) => { if (moved) event.preventDefault(); }, true);
}
