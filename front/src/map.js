// Maps: an element with data-map gets one (maplibre-gl is loaded only then). It begins as a plain SVG
// from the server, which stays where the browser has no WebGL and on paper.

import "./map.css";
import { dots, pathOn, pathPicker } from "./path.js";

const MOST_LABELS = 40;
const LINE_FIELDS = ["x1", "y1", "x2", "y2"];

function hasWebGL() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

/** Collects two clicks as the ends of a cutting line and writes them into the form beside the map. */
function linePicker(draw) {
  const fields = LINE_FIELDS.map((name) => document.querySelector(`[name="${name}"]`));
  let ends = [];
  const filled = fields.every((field) => field?.value);
  if (filled) {
    const [x1, y1, x2, y2] = fields.map((field) => Number(field.value));
    ends = [[x1, y1], [x2, y2]];
    draw(ends);
  }
  return (longitude, latitude) => {
    ends = ends.length === 2 ? [] : ends;
    ends.push([longitude, latitude]);
    const values = ends.flat();
    fields.forEach((field, at) => {
      if (field) field.value = values[at] === undefined ? "" : values[at].toFixed(7);
    });
    draw(ends);
  };
}

function startPicture(box, svg) {
  const { mode } = box.dataset;
  if (mode !== "line" && mode !== "path") return;
  const place = svg.dataset;
  const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  for (const [name, value] of Object.entries({ fill: "none", stroke: "#d63939", "stroke-width": "4", "stroke-linecap": "round" })) {
    line.setAttribute(name, value);
  }
  svg.append(line);
  const inUnits = ([x, y]) => [(x - place.west) / place.perX, (place.north - y) / place.perY];
  const draw = (ends) => {
    const points = ends.map(inUnits);
    if (points.length === 1) points.push(points[0]);
    line.setAttribute("points", points.map((point) => point.join(",")).join(" "));
  };
  if (mode === "path") markDots(svg, inUnits);
  const pick = mode === "path" ? pathPicker(draw).add : linePicker(draw);
  svg.addEventListener("click", (event) => {
    event.preventDefault();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    pick(Number(place.west) + at.x * place.perX, Number(place.north) - at.y * place.perY);
  });
}

function markDots(svg, inUnits) {
  for (const [x, y, name] of dots()) {
    const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    const [cx, cy] = inUnits([x, y]);
    for (const [key, value] of Object.entries({ cx, cy, r: 5, fill: "#1d2b3a" })) dot.setAttribute(key, value);
    title.textContent = name;
    dot.append(title);
    svg.append(dot);
  }
}

function boundsOf(collection) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (part) => {
    if (typeof part[0] !== "number") return part.forEach(walk);
    bounds[0] = Math.min(bounds[0], part[0]);
    bounds[1] = Math.min(bounds[1], part[1]);
    bounds[2] = Math.max(bounds[2], part[0]);
    bounds[3] = Math.max(bounds[3], part[1]);
  };
  for (const feature of collection.features) walk(feature.geometry.coordinates);
  return bounds;
}

function coloured(collection, by) {
  const colours = ["#cfe3f5", "#d9ecd0", "#f6e6c5", "#ead9f0", "#f8d9d3", "#d3ebea", "#e6e6d2", "#dfe0f2"];
  const groups = [...new Set(collection.features.map((feature) => feature.properties[by]))].sort();
  for (const feature of collection.features) {
    feature.properties.fill = colours[groups.indexOf(feature.properties[by]) % colours.length];
  }
  return collection;
}

function styleFor(collection, tiles, by) {
  const sources = { grids: { type: "geojson", data: coloured(collection, by) } };
  const layers = [{ id: "ground", type: "background", paint: { "background-color": "#f5f7fa" } }];
  if (tiles) {
    sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256 };
    layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  layers.push(
    { id: "fill", type: "fill", source: "grids", paint: { "fill-color": ["get", "fill"], "fill-opacity": tiles ? 0.45 : 0.9 } },
    { id: "border", type: "line", source: "grids", paint: { "line-color": "#5b6b7f", "line-width": 1 } },
  );
  return { version: 8, sources, layers };
}

function popupFor(properties, texts) {
  const box = document.createElement("div");
  const link = document.createElement("a");
  link.href = `/console/areas/${encodeURIComponent(properties.code)}/`;
  link.textContent = properties.name;
  const code = document.createElement("div");
  code.textContent = properties.code;
  box.append(link, code);
  if (texts.border) {
    const border = document.createElement("a");
    border.href = `${link.href}border/`;
    border.textContent = texts.border;
    box.append(border);
  }
  return box;
}

/** Names as plain elements: a map without a glyph server cannot write digits and letters itself. */
function labelOn(map, maplibre, features) {
  if (features.length > MOST_LABELS) return;
  for (const feature of features) {
    const [west, south, east, north] = boundsOf({ features: [feature] });
    const element = document.createElement("div");
    element.className = "map-label";
    element.textContent = feature.properties.name;
    new maplibre.Marker({ element }).setLngLat([(west + east) / 2, (south + north) / 2]).addTo(map);
  }
}

function lineOn(map) {
  const empty = { type: "Feature", properties: {}, geometry: { type: "MultiPoint", coordinates: [] } };
  map.addSource("cut", { type: "geojson", data: empty });
  map.addLayer({ id: "cut", type: "line", source: "cut", paint: { "line-color": "#d63939", "line-width": 3 } });
  map.addLayer({ id: "ends", type: "circle", source: "cut", paint: { "circle-color": "#d63939", "circle-radius": 5 } });
  return linePicker((ends) => {
    const type = ends.length === 2 ? "LineString" : "MultiPoint";
    map.getSource("cut").setData({ type: "Feature", properties: {}, geometry: { type, coordinates: ends } });
  });
}

async function startMap(box) {
  const [answer, { default: maplibre }] = await Promise.all([
    fetch(box.dataset.source, { headers: { Accept: "application/geo+json" } }),
    import("maplibre-gl"),
    import("maplibre-gl/dist/maplibre-gl.css"),
  ]);
  if (!answer.ok) throw new Error(`map: ${answer.status}`);
  const collection = await answer.json();
  if (!collection.features.length) return;
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  box.append(canvas);
  try {
    const map = new maplibre.Map({
      container: canvas,
      style: styleFor(collection, box.dataset.tiles, box.dataset.mode === "path" ? "code" : "town"),
      bounds: boundsOf(collection),
      fitBoundsOptions: { padding: 20 },
      attributionControl: false,
    });
    map.addControl(new maplibre.NavigationControl({ showCompass: false }));
    map.on("load", () => {
      box.classList.add("map-live");
      labelOn(map, maplibre, collection.features);
      if (box.dataset.mode === "path") {
        pathOn(map, maplibre);
        return;
      }
      if (box.dataset.mode === "line") {
        const pick = lineOn(map);
        map.on("click", (event) => pick(event.lngLat.lng, event.lngLat.lat));
        return;
      }
      map.on("click", "fill", (event) => {
        new maplibre.Popup().setLngLat(event.lngLat).setDOMContent(popupFor(event.features[0].properties, box.dataset)).addTo(map);
      });
    });
  } catch (error) {
    canvas.remove(); // the picture below stays
    throw error;
  }
}

/** Give one element its map. */
export async function initMap(box) {
  if (box.dataset.mapReady) return;
  box.dataset.mapReady = "yes";
  const svg = box.querySelector("svg");
  if (box.dataset.source && hasWebGL()) {
    try {
      await startMap(box);
      return;
    } catch (error) {
      console.warn("map falls back to its picture:", error.message);
    }
  }
  if (svg) startPicture(box, svg);
}

/** Give every element with data-map below ``root`` its map. */
export function initMaps(root = document) {
  root.querySelectorAll("[data-map]").forEach((box) => initMap(box));
}

initMaps();
document.addEventListener("htmx:load", (event) => initMaps(event.target));
