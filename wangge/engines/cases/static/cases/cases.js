// Pages of cases; without this file every form still works.

// A form goes once; the page's own number would keep a second one from counting, this keeps it from being sent.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

function preview(input) {
  const box = input.closest("form").querySelector("[data-previews]");
  if (!box) return;
  for (const picture of box.children) URL.revokeObjectURL(picture.src);
  box.replaceChildren(...[...input.files].filter((file) => file.type.startsWith("image/")).slice(0, 9).map((file) => {
    const picture = document.createElement("img");
    picture.src = URL.createObjectURL(file);
    picture.alt = file.name;
    return picture;
  }));
}
document.addEventListener("change", (event) => { if (event.target.matches("[data-photos]")) preview(event.target); });

// "Use where I am now".
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-here]");
  if (!button) return;
  const says = button.parentElement.querySelector("[data-here-says]");
  const failed = () => { says.textContent = says.dataset.failed; };
  if (!navigator.geolocation) { failed(); return; }
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    document.getElementById(button.dataset.lon).value = coords.longitude.toFixed(6);
    document.getElementById(button.dataset.lat).value = coords.latitude.toFixed(6);
    says.textContent = says.dataset.done;
  }, failed, { enableHighAccuracy: true, timeout: 15000 });
});

// "Merge into it" fills in the number and opens the step.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-fills]");
  if (!button) return;
  const field = document.getElementById(button.dataset.fills);
  if (!field) return;
  field.value = button.dataset.value;
  field.closest("details").open = true;
  field.scrollIntoView({ block: "center" });
  field.focus();
});

// A place is pointed at on the picture of the grids.
function mark(picture, x, y) {
  let dot = picture.querySelector("[data-dot]");
  if (!dot) {
    dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    for (const [name, value] of Object.entries({ r: 14, fill: "#d63939", stroke: "#fff", "stroke-width": 4, "data-dot": "" })) dot.setAttribute(name, value);
    picture.append(dot);
  }
  dot.setAttribute("cx", x);
  dot.setAttribute("cy", y);
}
for (const picture of document.querySelectorAll("[data-place]")) {
  const { lon, lat, west, north, perX, perY } = picture.dataset;
  const [east, up] = [document.getElementById(lon), document.getElementById(lat)];
  if (east.value && up.value) mark(picture, (east.value - west) / perX, (north - up.value) / perY);
  picture.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    east.value = (Number(west) + at.x * perX).toFixed(7);
    up.value = (Number(north) - at.y * perY).toFixed(7);
    mark(picture, at.x, at.y);
    east.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
