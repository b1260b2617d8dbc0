// A photo becomes small and says when and where: the longer side at most 1600 px, about 200 KB, time and place
// drawn into it. What the camera had written beside the picture (its own place and model) is gone with the
// original, which is not kept.

export const LONGEST = 1600;
const WANTED = 200 * 1024;
const QUALITIES = [0.82, 0.72, 0.62, 0.52, 0.45];
const SMALLER = 0.8;

/** Width and height so that the longer side is at most ``most``; never larger than before. */
export function fitted(width, height, most = LONGEST) {
  const scale = Math.min(1, most / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Small JPEG of a photo with the lines drawn at its foot.
 *  Throws an Error when the file is no picture that this phone can read. */
export async function shrunk(file, lines, most = LONGEST) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    let size = fitted(picture.width, picture.height, most);
    for (;;) {
      const canvas = drawn(picture, size, lines);
      for (const quality of QUALITIES) {
        const blob = await encoded(canvas, quality);
        if (blob.size <= WANTED || (quality === QUALITIES.at(-1) && size.width < 900)) return blob;
      }
      size = fitted(picture.width, picture.height, Math.max(size.width, size.height) * SMALLER);
    }
  } finally {
    picture.close();
  }
}

function drawn(picture, { width, height }, lines) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, width, height);
  if (lines.length) stamp(pen, width, height, lines);
  return canvas;
}

function stamp(pen, width, height, lines) {
  const type = Math.max(14, Math.round(Math.max(width, height) / 40));
  const step = Math.round(type * 1.4);
  pen.font = `${type}px sans-serif`;
  pen.textBaseline = "top";
  pen.fillStyle = "rgba(0, 0, 0, .55)";
  pen.fillRect(0, height - step * lines.length - type, width, step * lines.length + type);
  pen.fillStyle = "#fff";
  lines.forEach((line, at) => pen.fillText(line, type / 2, height - step * (lines.length - at) - type / 2, width - type));
}

function encoded(canvas, quality) {
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/jpeg", quality);
  });
}
