// The grid as a picture, its border and buildings: for the map, and for pointing at a place without satellites.
import { html } from "./html.js";
import { recall } from "./store/base.js";
import { all } from "./store/rows.js";

export const [WIDE, HIGH] = [1000, 1000];
const EDGE = 60;

const ringsOf = (geometry) => (geometry?.type === "MultiPolygon" ? geometry.coordinates.flat() : geometry?.coordinates ?? []);

/** Degrees → the picture's units and back; metres look the same in both directions. */
function projection(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const narrow = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = Math.min((WIDE - 2 * EDGE) / (((east - west) * narrow) || 1e-4), (HIGH - 2 * EDGE) / ((north - south) || 1e-4));
  const [left, top] = [(WIDE - (east - west) * narrow * scale) / 2, (HIGH - (north - south) * scale) / 2];
  return {
    at: ([x, y]) => [left + (x - west) * narrow * scale, top + (north - y) * scale],
    back: ([x, y]) => [west + (x - left) / (narrow * scale), north - (y - top) / scale],
  };
}

/** { areas, buildings, at, back, border } of what this phone holds; null when there is nothing to draw. */
export async function gridMap() {
  const [areas, rows] = [await recall("areas", []), await all("buildings")];
  const buildings = rows.filter((each) => each.lon && each.lat);
  const rings = areas.flatMap((area) => ringsOf(area.polygon));
  const points = [...rings.flat(), ...buildings.map((each) => [each.lon, each.lat])];
  if (points.length < 2) return null;
  const { at, back } = projection(points);
  const border = rings.map((ring) => html`<polygon class="grid-border" points="${ring.map((point) => at(point).map((value) => value.toFixed(1)).join(",")).join(" ")}"/>`);
  return { areas, buildings, at, back, border };
}

/** Where in the picture's units an event was. */
export function pointOf(picture, event) {
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
  return [x, y];
}
