// Finding a household by what the worker knows: a name, its initials, a door, a firm.
const SURNAMES = { 单: "S", 曾: "Z", 仇: "Q", 解: "X", 查: "Z", 区: "O", 朴: "P", 尉: "Y", 盖: "G", 翟: "Z", 缪: "M", 任: "R", 华: "H", 冼: "X", 覃: "Q", 宓: "F", 乐: "Y", 曲: "Q", 员: "Y", 种: "C", 秘: "B", 折: "S", 洗: "X" };
// The first character of each letter in the order of pinyin; where the browser cannot order so, initials find nothing.
const BORDERS = "阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀";
const LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ";
const order = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { sensitivity: "accent" });
const able = order.resolvedOptions().collation === "pinyin" || order.compare("八", "嚓") < 0;
const known = new Map();

function letter(character, isFirst) {
  if (isFirst && SURNAMES[character]) return SURNAMES[character];
  if (known.has(character)) return known.get(character);
  let found = "";
  if (/[\u4e00-\u9fff]/.test(character) && able) {
    for (let at = 0; at < BORDERS.length && order.compare(BORDERS[at], character) <= 0; at += 1) found = LETTERS[at];
  } else if (/[a-z0-9]/i.test(character)) found = character.toUpperCase();
  known.set(character, found);
  return found;
}

/** "王小明" → "WXM". */
export const initials = (name) => [...(name ?? "")].map((character, at) => letter(character, at === 0)).join("");

const plain = (text) => String(text ?? "").replace(/[\s\-—·()（）]/g, "").toUpperCase();

/** Rows of people, rooms and organisations that fit, the better ones first. */
export function found(text, { people, rooms, buildings, organisations }, most = 40) {
  const wanted = plain(text);
  if (!wanted) return [];
  const result = [];
  const latin = /^[A-Z]+$/.test(wanted);
  const score = (value, weight) => (value === wanted ? weight + 3 : value.startsWith(wanted) ? weight + 2 : value.includes(wanted) ? weight : 0);
  for (const person of people) {
    const points = Math.max(score(plain(person.name), 4), latin ? score(initials(person.name), 3) : 0);
    if (points) result.push({ points, kind: "person", row: person });
  }
  for (const room of rooms) {
    const building = buildings.get(String(room.building))?.name ?? "";
    const points = Math.max(score(plain(room.label), 4), plain(building + room.label).includes(wanted) ? 3 : 0);
    if (points) result.push({ points, kind: "room", row: room });
  }
  for (const organisation of organisations) {
    const points = Math.max(score(plain(organisation.name), 3), latin ? score(initials(organisation.name), 2) : 0);
    if (points) result.push({ points, kind: "organisation", row: organisation });
  }
  return result.sort((one, other) => other.points - one.points).slice(0, most);
}
