// A photo as the outbox keeps it: small, with time and place in the picture, without what the camera wrote beside it.
import { shrunk } from "../forms/image.js";
import { digest } from "./store/seal.js";

/** JPEG of at most 1600 px, about 200 KB, with the lines at its foot. Throws when the file is no picture. */
export const shrink = (file, { watermark = [] } = {}) => shrunk(file, watermark);

/** What the outbox keeps: { digest, bytes, type } and an address to look at it. */
export async function kept(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { digest: await digest(bytes), bytes, type: blob.type, look: URL.createObjectURL(blob) };
}
