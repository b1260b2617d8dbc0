// A border drawn point by point: the text field beside the map holds it, so that it can be typed as well.

/** Keeps the points of the field with data-points and tells ``draw`` whenever they change. */
export function pathPicker(draw) {
  const field = document.querySelector("[data-points]");
  const read = () => (field?.value ?? "").split("\n").map((line) => line.replace("，", ",").split(",").map(Number))
    .filter((point) => point.length === 2 && point.every(Number.isFinite));
  let points = read();
  const write = (next) => {
    points = next;
    if (field) field.value = points.map(([x, y]) => `${x.toFixed(7)},${y.toFixed(7)}`).join("\n");
    draw(points);
  };
  field?.addEventListener("input", () => draw((points = read())));
  const undo = document.querySelector("[data-undo-point]");
  if (undo) {
    undo.hidden = false; // it does nothing without this module
    undo.addEventListener("click", () => write(points.slice(0, -1)));
  }
  draw(points);
  return {
    add: (x, y) => write([...points, [x, y]]),
    move: (at, x, y) => write(points.map((point, number) => (number === at ? [x, y] : point))),
  };
}

/** The places the page marks on its map: longitude, latitude, name. */
export function dots() {
  const told = document.getElementById("map-dots");
  return told ? JSON.parse(told.textContent) : [];
}

const collection = (features) => ({ type: "FeatureCollection", features });
const feature = (type, coordinates, properties = {}) => ({ type: "Feature", properties, geometry: { type, coordinates } });

/** The border and the buildings on a live map; points of the border can be dragged. */
export function pathOn(map, maplibre) {
  map.addSource("dots", { type: "geojson", data: collection(dots().map(([x, y, name]) => feature("Point", [x, y], { name }))) });
  map.addLayer({ id: "dots", type: "circle", source: "dots", paint: { "circle-color": "#1d2b3a", "circle-radius": 3 } });
  map.addSource("path", { type: "geojson", data: collection([]) });
  map.addLayer({ id: "path", type: "line", source: "path", paint: { "line-color": "#d63939", "line-width": 3 } });
  let handles = [];
  let picker = null;
  const draw = (points) => {
    map.getSource("path").setData(collection(points.length > 1 ? [feature("LineString", points)] : []));
    handles.forEach((handle) => handle.remove());
    handles = points.map((point, at) => {
      const element = document.createElement("div");
      element.className = "map-handle";
      const handle = new maplibre.Marker({ element, draggable: true }).setLngLat(point).addTo(map);
      handle.on("dragend", () => picker.move(at, handle.getLngLat().lng, handle.getLngLat().lat));
      return handle;
    });
  };
  picker = pathPicker(draw);
  map.on("click", (event) => picker.add(event.lngLat.lng, event.lngLat.lat));
}
