// What the server sent: sections of rows by id, in sixteen sealed buckets each. A change touches its bucket only.
import { base, theKey } from "./base.js";
import { open, seal } from "./seal.js";

const BUCKETS = 16;
const memory = new Map(); // section → Map of rows, read when first asked for

function bucketOf(id) {
  let sum = 7;
  for (const letter of String(id)) sum = (sum * 31 + letter.codePointAt(0)) % 65_521;
  return sum % BUCKETS;
}

const nameOf = (section, bucket) => `${section}:${bucket}`;

async function readBucket(section, bucket) {
  const name = nameOf(section, bucket);
  const sealed = await (await base()).get("rows", name);
  return sealed ? open(await theKey(), name, sealed) : {};
}

/** All rows of a section, as a Map by id. */
export async function section(name) {
  if (memory.has(name)) return memory.get(name);
  const buckets = await Promise.all(Array.from({ length: BUCKETS }, (_, bucket) => readBucket(name, bucket)));
  const rows = new Map(buckets.flatMap((bucket) => Object.entries(bucket)));
  memory.set(name, rows);
  return rows;
}

export const all = async (name) => [...(await section(name)).values()];

/** One row, without reading the whole section. */
export async function one(name, id) {
  if (memory.has(name)) return memory.get(name).get(String(id)) ?? null;
  return (await readBucket(name, bucketOf(id)))[id] ?? null;
}

export const forget = () => memory.clear();

/** Put one page of a pull in: all of it with the cursor, or nothing.
 *  fresh: everything begins anew; renewed: names of sections that do; left: areas that are no longer ours. */
export async function apply({ fresh, renewed = [], sections, gone, left, meta }) {
  const touched = new Map(); // bucket name → rows
  const names = await namesIn(sections, gone, left, renewed);
  for (const name of names) await changeSection(name, { fresh: fresh || renewed.includes(name), whole: left.length > 0 || renewed.includes(name), rows: sections[name] ?? [], gone: gone[name] ?? [], left }, touched);
  const key = await theKey();
  const sealed = await Promise.all([...touched].map(async ([name, rows]) => [name, Object.keys(rows).length ? await seal(key, name, rows) : null]));
  const small = await Promise.all(Object.entries(meta).map(async ([name, value]) => [name, await seal(key, `meta:${name}`, value)]));
  const work = (await base()).transaction(["rows", "meta"], "readwrite");
  if (fresh) await work.objectStore("rows").clear();
  for (const [name, bytes] of sealed) await (bytes ? work.objectStore("rows").put(bytes, name) : work.objectStore("rows").delete(name));
  for (const [name, bytes] of small) await work.objectStore("meta").put(bytes, name);
  await work.done;
  if (fresh) memory.clear();
  for (const name of names) memory.delete(name);
}

async function namesIn(sections, gone, left, renewed) {
  const names = new Set([...Object.keys(sections), ...Object.keys(gone), ...renewed]);
  if (left.length) for (const key of await (await base()).getAllKeys("rows")) names.add(key.split(":")[0]);
  return names;
}

async function changeSection(name, { fresh, whole, rows, gone, left }, touched) {
  const wanted = new Set([...rows.map((row) => row.id), ...gone].map(bucketOf));
  const all = whole ? Array.from({ length: BUCKETS }, (_, bucket) => bucket) : [...wanted];
  for (const bucket of all) {
    const held = fresh ? {} : await readBucket(name, bucket);
    for (const row of Object.values(held)) if (left.includes(row.area)) delete held[row.id];
    for (const id of gone) if (bucketOf(id) === bucket) delete held[id];
    for (const row of rows) if (bucketOf(row.id) === bucket) held[row.id] = row;
    touched.set(nameOf(name, bucket), held);
  }
}
