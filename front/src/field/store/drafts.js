// Half-filled forms, sealed like everything else; what openForm asks of a place for drafts.
import { base, theKey } from "./base.js";
import { digest, openBytes, sealBytes } from "./seal.js";

const coder = new TextEncoder();
const nameOf = (key) => digest(coder.encode(key));

/** One run of bytes: length of the head, head as JSON, files one behind the other. */
async function packed({ files = [], ...rest }) {
  const parts = await Promise.all(files.map(async ({ name, blob }) => ({ name, type: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) })));
  const head = coder.encode(JSON.stringify({ ...rest, files: parts.map(({ name, type, bytes }) => ({ name, type, size: bytes.length })) }));
  const whole = new Uint8Array(4 + head.length + parts.reduce((sum, { bytes }) => sum + bytes.length, 0));
  new DataView(whole.buffer).setUint32(0, head.length);
  whole.set(head, 4);
  let at = 4 + head.length;
  for (const { bytes } of parts) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

function unpacked(whole) {
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0);
  const { files, ...rest } = JSON.parse(new TextDecoder().decode(whole.subarray(4, 4 + length)));
  let at = 4 + length;
  return {
    ...rest,
    files: files.map(({ name, type, size }) => {
      const blob = new Blob([whole.subarray(at, at + size)], { type });
      at += size;
      return { name, blob };
    }),
  };
}

export const drafts = {
  async load(key) {
    const sealed = await (await base()).get("drafts", await nameOf(key));
    return sealed ? unpacked(await openBytes(await theKey(), `draft:${key}`, sealed)) : undefined;
  },
  async save(key, draft) {
    const sealed = await sealBytes(await theKey(), `draft:${key}`, await packed(draft));
    await (await base()).put("drafts", sealed, await nameOf(key));
  },
  async remove(key) {
    await (await base()).delete("drafts", await nameOf(key));
  },
};
