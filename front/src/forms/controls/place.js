// Where: the phone's position with its accuracy, or the answer that it cannot be found.
import { effect, signal, whenDone } from "../effects.js";
import { button, h } from "../element.js";
import { waive, whyNot } from "../waived.js";

const GOOD = 10; // metres that are taken at once, as in ODK Collect
const PATIENCE = 30_000;
const WHY = { 1: "denied", 2: "no_signal", 3: "too_long" };

/** "22.57 113.08 3.0 8.0", as XForms write a point. */
const written = ({ latitude, longitude, altitude, accuracy }) => `${latitude} ${longitude} ${altitude ?? 0} ${accuracy ?? 0}`;

export function place(form, node, asked) {
  const best = signal(null);
  const looking = signal(false);
  const failed = signal(null);
  const good = node.nodeOptions?.accuracyThreshold ?? GOOD;
  let watch = null;
  let limit = 0;

  function stop() {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    clearTimeout(limit);
    watch = null;
    looking.now = false;
  }
  function take(coords) {
    stop();
    waive(form, node, null);
    node.setValue(written(coords));
    asked.touch();
    form.announce(form.say("place_taken", { m: Math.round(coords.accuracy) }));
  }
  function look() {
    if (!navigator.geolocation) { failed.now = "no_signal"; return; }
    best.now = failed.now = null;
    looking.now = true;
    watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        if (!best.now || coords.accuracy < best.now.accuracy) best.now = coords;
        if (coords.accuracy <= good) take(coords);
      },
      (error) => { stop(); failed.now = WHY[error.code] ?? "no_signal"; },
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 },
    );
    limit = setTimeout(() => { if (best.now) take(best.now); else { stop(); failed.now = "too_long"; } }, PATIENCE);
  }
  function giveUp() {
    stop();
    node.setValue(null);
    waive(form, node, failed.now ?? "no_signal");
    asked.touch();
  }
  whenDone(stop);

  const words = h("p", { class: "wf-value", role: "status" });
  const start = button("", look, "default");
  const enough = button(form.say("place_enough"), () => take(best.now), "primary");
  const cannot = button(form.say("place_cannot"), giveUp, "default");
  const clear = button(form.say("clear"), () => { node.setValue(null); waive(form, node, null); start.focus(); }, "default", { class: "wf-link" });
  effect(() => {
    const { value } = node.currentState;
    const why = whyNot(form, node);
    words.textContent = looking.now
      ? form.say(best.now ? "place_better" : "place_looking", { m: Math.round(best.now?.accuracy ?? 0) })
      : value ? form.say("place_is", { place: `${value.latitude.toFixed(5)}, ${value.longitude.toFixed(5)}`, m: Math.round(value.accuracy ?? 0) })
      : why ? form.say("place_without") : failed.now ? form.say(`place_${failed.now}`) : "";
    words.hidden = !words.textContent;
    start.textContent = form.say(value ? "place_again" : "place_find");
    start.hidden = looking.now;
    enough.hidden = !looking.now || !best.now;
    cannot.hidden = Boolean(value) || Boolean(why);
    clear.hidden = looking.now || !(value || why);
  });
  return { body: [words, h("div", { class: "wf-buttons" }, start, enough, cannot), clear] };
}
