// Reads a signed token without the server: what it says, and whether the signature holds (Ed25519, WebCrypto).
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BODY = 14; // version, key, kind, number (6), round, ends (4)

export function bytesOf(text) {
  let bits = 0, held = 0;
  const out = [];
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push((held >>> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return new Uint8Array(out);
}

const hex = (text) => new Uint8Array(text.match(/../g).map((pair) => Number.parseInt(pair, 16)));

/** {verdict: good|ended|bad|form|key|missing, kind}; keys: key number -> public key in hex. */
export async function check(text, keys, now = Date.now()) {
  const last = text.trim().replace(/\/+$/, "").split("/").pop().toUpperCase();
  const raw = bytesOf(last);
  if (!raw || raw.length <= BODY || raw[0] !== 1) return { verdict: "form", kind: "" };
  const kind = String.fromCharCode(raw[2]);
  const key = keys[raw[1]];
  if (!key) return { verdict: "key", kind };
  let holds;
  try {
    const known = await crypto.subtle.importKey("raw", hex(key), { name: "Ed25519" }, false, ["verify"]);
    holds = await crypto.subtle.verify("Ed25519", known, raw.slice(BODY), raw.slice(0, BODY));
  } catch {
    return { verdict: "missing", kind }; // no Ed25519 in this browser, or not a secure context
  }
  if (!holds) return { verdict: "bad", kind };
  const hours = new DataView(raw.buffer).getUint32(10);
  return { verdict: hours && now >= hours * 3600000 ? "ended" : "good", kind };
}
