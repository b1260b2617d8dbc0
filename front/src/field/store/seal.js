// Everything on this phone is kept under a key that cannot be taken out of this browser (AES-GCM, 256 bits).
// What a text belongs to is sealed in, so that nothing can be put in another's place.
const coder = new TextEncoder();
const reader = new TextDecoder();
const NONCE = 12;

export const newKey = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

/** Bytes → nonce and cipher text in one. ``name`` says what they are. */
export async function sealBytes(key, name, bytes) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: coder.encode(name) }, key, bytes);
  const whole = new Uint8Array(NONCE + sealed.byteLength);
  whole.set(nonce);
  whole.set(new Uint8Array(sealed), NONCE);
  return whole;
}

export async function openBytes(key, name, whole) {
  const options = { name: "AES-GCM", iv: whole.subarray(0, NONCE), additionalData: coder.encode(name) };
  return new Uint8Array(await crypto.subtle.decrypt(options, key, whole.subarray(NONCE)));
}

export const seal = (key, name, value) => sealBytes(key, name, coder.encode(JSON.stringify(value)));
export const open = async (key, name, whole) => JSON.parse(reader.decode(await openBytes(key, name, whole)));

/** SHA-256 in hex. */
export async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
