// The app's icons as PNG, drawn at build time from the logo's shapes: nothing binary is kept in the sources.
import { deflateSync, crc32 } from "node:zlib";

const GROUND = [13, 110, 124];
const WHITE = [255, 255, 255];
const PALE = [189, 214, 218];
const SUN = [255, 200, 87];
const SAMPLES = 3; // per pixel and direction

/** Whether a point lies in a square with rounded corners. */
function inside(x, y, left, top, size, round) {
  const half = size / 2;
  const dx = Math.max(Math.abs(x - left - half) - half + round, 0);
  const dy = Math.max(Math.abs(y - top - half) - half + round, 0);
  return dx * dx + dy * dy <= round * round;
}

/** The colour of the logo at a point of its 32 × 32 field, null outside. */
function colourAt(x, y) {
  if ((x - 21.5) ** 2 + (y - 21.5) ** 2 <= 4.2 ** 2) return SUN;
  if (inside(x, y, 6.5, 6.5, 8, 1.8)) return WHITE;
  if (inside(x, y, 17.5, 6.5, 8, 1.8) || inside(x, y, 6.5, 17.5, 8, 1.8)) return PALE;
  return null;
}

function pixels(size, masked) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  const scale = masked ? 0.7 : 1; // a mask may cut a tenth off each side
  const step = 32 / size / SAMPLES;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let [red, green, blue, seen] = [0, 0, 0, 0];
      for (let down = 0; down < SAMPLES; down += 1) {
        for (let along = 0; along < SAMPLES; along += 1) {
          const x = (column * SAMPLES + along + 0.5) * step;
          const y = (row * SAMPLES + down + 0.5) * step;
          const colour = colourAt((x - 16) / scale + 16, (y - 16) / scale + 16) ?? (masked || inside(x, y, 0, 0, 32, 7) ? GROUND : null);
          if (!colour) continue;
          red += colour[0];
          green += colour[1];
          blue += colour[2];
          seen += 1;
        }
      }
      const at = row * (size * 4 + 1) + 1 + column * 4;
      if (seen) rows.set([red / seen, green / seen, blue / seen, (seen * 255) / SAMPLES ** 2].map(Math.round), at);
    }
  }
  return rows;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function png(size, masked) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8); // eight bits, colour with alpha
  const parts = [chunk("IHDR", head), chunk("IDAT", deflateSync(pixels(size, masked), { level: 9 })), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...parts]);
}

export function appIcons() {
  return {
    name: "app-icons",
    generateBundle() {
      for (const size of [192, 512]) this.emitFile({ type: "asset", fileName: `app-${size}.png`, source: png(size, false) });
      this.emitFile({ type: "asset", fileName: "app-mask-512.png", source: png(512, true) });
    },
  };
}
