// The form's own languages (label::中文 (zh), label::English (en)) and the reader's.

const NAMES = { zh: /zh|中文|汉语|chinese/i, en: /\ben\b|\(en|english|英/i };

export const languagesOf = (root) => root.languages.filter((each) => !each.isSyntheticDefault).map((each) => each.language);

/** Turn to the language of a tag such as "zh-hans" or "en"; a form without it stays as it is. */
export function turnTo(root, tag) {
  const own = root.languages.filter((each) => !each.isSyntheticDefault);
  const short = (tag || "").slice(0, 2).toLowerCase();
  const wanted = own.find((each) => each.locale?.language === short) ?? own.find((each) => NAMES[short]?.test(each.language));
  if (wanted) root.setLanguage(wanted);
}
