// Words of the codes that people and rooms come with; the server's, in the reader's language.
import { recall } from "./store/base.js";

/** A function (list, code) → words; a code without words says nothing. */
export async function coder() {
  const lists = (await recall("me"))?.codes ?? {};
  return (list, code) => (code ? lists[list]?.[code] ?? "" : "");
}

export const listOf = async (name) => Object.entries((await recall("me"))?.codes?.[name] ?? {});
