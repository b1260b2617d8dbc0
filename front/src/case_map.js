// Cases on a map: clusters of the window from the server, grids coloured by how many lie in them. Where the browser
// has no WebGL the words below stand, and the table beneath says the same.

const STEPS = ["#fff7e0", "#fde3ad", "#fdc671", "#f5a03c", "#e08214"];
const MANY = 100;
const CLOSEST = 17;
const WAIT = 150; // ms the map rests before it asks again

const asked = (box, more) => {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  if (!query.has("who")) query.set("who", "all");
  return `${box}?${query}`;
};

async function get(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`map: ${answer.status}`);
  return answer;
}

function boundsOf(features) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (part) => {
    if (typeof part[0] !== "number") return part.forEach(walk);
    bounds[0] = Math.min(bounds[0], part[0]);
    bounds[1] = Math.min(bounds[1], part[1]);
    bounds[2] = Math.max(bounds[2], part[0]);
    bounds[3] = Math.max(bounds[3], part[1]);
  };
  for (const feature of features) walk(feature.geometry.coordinates);
  return bounds;
}

/** Colours by fifths of the grids that have any. */
function heated(collection, heat) {
  const counts = collection.features.map((feature) => heat[feature.properties.code] ?? 0);
  const some = counts.filter(Boolean).sort((one, other) => one - other);
  const place = (n) => Math.min(STEPS.length - 1, Math.floor((some.filter((each) => each < n).length / some.length) * STEPS.length));
  collection.features.forEach((feature, at) => {
    feature.properties.fill = counts[at] ? STEPS[place(counts[at])] : "#ffffff";
  });
  return collection;
}

function styleOf(grids, tiles) {
  const sources = { grids: { type: "geojson", data: grids } };
  const layers = [{ id: "ground", type: "background", paint: { "background-color": "#eef1f4" } }];
  if (tiles) {
    sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256 };
    layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  layers.push(
    { id: "fill", type: "fill", source: "grids", paint: { "fill-color": ["get", "fill"], "fill-opacity": tiles ? 0.5 : 0.9 } },
    { id: "border", type: "line", source: "grids", paint: { "line-color": "#8a97a5", "line-width": 0.8 } },
  );
  return { version: 8, sources, layers };
}

function dotOf(cluster, words) {
  const dot = document.createElement("button");
  dot.type = "button";
  dot.className = `case-dot${cluster.late ? " case-dot-late" : ""}${cluster.n >= MANY ? " case-dot-many" : ""}`;
  dot.textContent = cluster.n;
  dot.setAttribute("aria-label", `${cluster.n} ${words.wordsCases}${cluster.late ? `，${words.wordsLate} ${cluster.late}` : ""}`);
  return dot;
}

class CaseMap {
  constructor(box, map, maplibre) {
    Object.assign(this, { box, map, maplibre, dots: [], round: 0 });
    map.on("moveend", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.renew(), WAIT);
    });
  }

  window() {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((each) => each.toFixed(6)).join(",");
  }

  async renew() {
    const round = (this.round += 1);
    const address = asked(this.box.dataset.points, { box: this.window(), zoom: Math.max(0, Math.floor(this.map.getZoom())) });
    const answer = await get(address).then((found) => found.json()).catch(() => null);
    if (answer && round === this.round) this.show(answer.clusters);
  }

  show(clusters) {
    for (const dot of this.dots) dot.remove();
    this.dots = clusters.map((cluster) => {
      const element = dotOf(cluster, this.box.dataset);
      element.addEventListener("click", (event) => {
        event.stopPropagation();
        this.open(cluster);
      });
      return new this.maplibre.Marker({ element }).setLngLat([cluster.lon, cluster.lat]).addTo(this.map);
    });
    this.box.dataset.shown = clusters.length;
  }

  /** The only one leads to its page; few, or as close as it gets, are listed; many are looked at closer. */
  async open(cluster) {
    if (cluster.number) return location.assign(this.box.dataset.case.replace(/0\/$/, `${cluster.number}/`));
    if (cluster.n > 12 && this.map.getZoom() < CLOSEST) {
      return void this.map.easeTo({ center: [cluster.lon, cluster.lat], zoom: Math.min(CLOSEST, this.map.getZoom() + 2) });
    }
    const answer = await get(asked(this.box.dataset.here, { box: cluster.box.join(",") }));
    const list = document.createElement("div");
    list.append(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    new this.maplibre.Popup({ maxWidth: "20rem" }).setLngLat([cluster.lon, cluster.lat]).setDOMContent(list).addTo(this.map);
  }
}

async function start(box) {
  const whole = asked(box.dataset.points, { box: "100,10,130,40", zoom: 13, heat: 1 });
  const [grids, found, { default: maplibre }] = await Promise.all([
    get(box.dataset.grids).then((answer) => answer.json()),
    get(whole).then((answer) => answer.json()),
    import("maplibre-gl"),
    import("maplibre-gl/dist/maplibre-gl.css"),
  ]);
  if (!grids.features.length && !found.clusters.length) return;
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  box.append(canvas);
  try {
    const points = found.clusters.map(({ lon, lat }) => ({ geometry: { coordinates: [lon, lat] } }));
    const map = new maplibre.Map({
      container: canvas, style: styleOf(heated(grids, found.heat), box.dataset.tiles), attributionControl: false,
      bounds: boundsOf(grids.features.length ? grids.features : points), fitBoundsOptions: { padding: 24, maxZoom: 16 },
    });
    map.addControl(new maplibre.NavigationControl({ showCompass: false }));
    box.querySelector(".case-map-none").hidden = true;
    const shown = new CaseMap(box, map, maplibre);
    map.on("load", () => shown.renew());
  } catch (error) {
    canvas.remove(); // the words stay
    throw error;
  }
}

for (const box of document.querySelectorAll("[data-case-map]")) {
  start(box).catch((error) => {
    console.warn("map:", error.message);
    if (error.message.startsWith("map:")) box.querySelector(".case-map-none").textContent = box.dataset.wordsFailed;
  });
}
