// Scans by the camera where the browser can (BarcodeDetector), else by typing; says offline what can be said.
import { check } from "./token.js";

const by = (id) => document.getElementById(id);
const words = by("scan-words").dataset;
const keys = JSON.parse(by("keys").textContent);
let stream = null;

async function sayOffline(text) {
  const { verdict, kind } = await check(text, keys);
  by("offline").hidden = false;
  by("offline").dataset.verdict = verdict;
  by("offline-kind").textContent = words[kind.toLowerCase()] ?? words.unknown;
  by("offline-words").textContent = words[verdict];
  by("offline-note").hidden = !["good", "ended"].includes(verdict);
}

by("look").addEventListener("submit", (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  sayOffline(by("text").value);
});

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  by("camera").hidden = true;
}

function seen(text) {
  stop();
  by("text").value = text;
  by("look").requestSubmit();
}

async function watch(detector, view) {
  while (stream) {
    const found = await detector.detect(view).catch(() => []);
    if (found.length) return seen(found[0].rawValue);
    await new Promise((done) => setTimeout(done, 200));
  }
}

async function start() {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    by("no-camera").hidden = false;
    return;
  }
  by("camera").hidden = false;
  by("view").srcObject = stream;
  await by("view").play();
  watch(detector, by("view"));
}

const able = "BarcodeDetector" in window && navigator.mediaDevices;
by("start").hidden = !able;
by("no-camera").hidden = Boolean(able);
by("start").addEventListener("click", start);
by("stop").addEventListener("click", stop);
