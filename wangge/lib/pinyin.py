"""Pinyin initials of personal names, surnames read as surnames (单 is shan, not dan)."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# Surnames whose common reading differs; compound ones first (GB/T 28039-2011 practice).
COMPOUND = {
    "尉迟": "yc", "万俟": "mq", "长孙": "zs", "澹台": "tt", "单于": "cy", "令狐": "lh", "宰父": "zf",
    "皇甫": "hf", "呼延": "hy", "钟离": "zl", "夏侯": "xh", "诸葛": "zg", "司马": "sm", "司徒": "st",
    "欧阳": "oy", "上官": "sg", "东方": "df", "公孙": "gs", "慕容": "mr", "轩辕": "xy", "宇文": "yw",
}  # fmt: skip
SURNAME = {
    "单": "s", "曾": "z", "解": "x", "仇": "q", "区": "o", "朴": "p", "查": "z", "盖": "g", "翟": "z",
    "乐": "y", "繁": "p", "覃": "q", "洗": "x", "冼": "x", "员": "y", "折": "s", "种": "c", "重": "c",
    "晁": "c", "石": "s", "柏": "b", "谌": "c", "缪": "m", "宓": "m", "么": "y", "那": "n", "逄": "p",
    "秘": "b", "黑": "h", "召": "s", "尉": "w", "车": "c", "卜": "b", "佴": "n", "祭": "z", "曲": "q",
    "隗": "w", "郇": "x", "佟": "t",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def _letter(sign: str) -> str:
    if sign.isascii():
        return sign.lower() if sign.isalnum() else ""
    read = lazy_pinyin(sign, style=Style.FIRST_LETTER, errors="ignore")
    return read[0][:1] if read else ""


def initials(name: str) -> str:
    """The first letters of each syllable in lower case, e.g. 王小明 -> "wxm", "John Li" -> "jl".

    Characters without a reading (dots, spaces) are left out.
    """
    name = name.strip()
    if name.isascii():
        return "".join(word[:1].lower() for word in name.split())
    if name[:2] in COMPOUND:
        return COMPOUND[name[:2]] + "".join(map(_letter, name[2:]))
    if name[:1] in SURNAME:
        return SURNAME[name[:1]] + "".join(map(_letter, name[1:]))
    return "".join(map(_letter, name))
