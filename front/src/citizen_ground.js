// The district as a picture to tap on: loaded when it is opened; a tap is told in degrees.
const NS = "http://www.w3.org/2000/svg";

/** ``picked(longitude, latitude)`` hears a tap. Returns { show, clear } for the dot. */
export function groundPicker(details, address, picked) {
  const box = details.querySelector("[data-box]");
  const dot = document.createElementNS(NS, "circle");
  dot.setAttribute("class", "dot picked");
  let svg = null;
  let whole = null; // the view box of all of it
  let at = null; // the dot, in units of the picture
  let waiting = null; // a point told before the picture was there

  details.addEventListener("toggle", async () => {
    if (svg || !details.open) return;
    const response = await fetch(address).catch(() => null);
    if (!response?.ok) {
      details.hidden = true; // no borders are known: there is the list
      return;
    }
    svg = document.importNode(new DOMParser().parseFromString(await response.text(), "image/svg+xml").documentElement, true);
    whole = { ...box2(svg) };
    svg.addEventListener("click", tap);
    box.replaceChildren(svg);
    if (waiting) show(...waiting);
  });
  for (const button of details.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoom(Number(button.dataset.zoom)));

  function tap(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const { west, north, perX, perY } = svg.dataset;
    picked(Number(west) + point.x * perX, Number(north) - point.y * perY);
  }

  function show(longitude, latitude) {
    waiting = [longitude, latitude];
    if (!svg) return;
    const { west, north, perX, perY } = svg.dataset;
    at = { x: (longitude - west) / perX, y: (north - latitude) / perY };
    dot.setAttribute("cx", at.x);
    dot.setAttribute("cy", at.y);
    draw();
    svg.append(dot);
  }

  function draw() {
    const { width } = box2(svg);
    dot.setAttribute("r", width / 70);
    for (const line of svg.querySelectorAll("g")) line.setAttribute("stroke-width", width / 800);
  }

  function zoom(by) {
    if (!svg) return;
    const { x, y, width, height } = box2(svg);
    const middle = at ?? { x: x + width / 2, y: y + height / 2 };
    const wide = Math.min(Math.max(width * by, whole.width / 32), whole.width);
    const high = wide * whole.height / whole.width;
    const left = Math.min(Math.max(middle.x - wide / 2, 0), whole.width - wide);
    const top = Math.min(Math.max(middle.y - high / 2, 0), whole.height - high);
    svg.setAttribute("viewBox", `${left} ${top} ${wide} ${high}`);
    draw();
  }

  return {
    show,
    clear() {
      at = waiting = null;
      dot.remove();
    },
  };
}

function box2(svg) {
  const { x, y, width, height } = svg.viewBox.baseVal;
  return { x, y, width, height };
}
