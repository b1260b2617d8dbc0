"""Invented names: common and compound surnames, given names of their time, rare characters, dotted
minority names and a few Latin ones, each with its pinyin initials."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin

Text = NDArray[np.str_]
Ints = NDArray[np.int64]

# Surname, its initials (read as a surname, which pypinyin misses for 单, 区, 仇…) and its weight.
_SURNAMES = """
陈c90 李l80 黄h72 梁l70 林l60 吴w50 张z48 谭t40 王w38 刘l36 冯f30 何h30 周z26 赵z24 区o24 邓d24 杨y24 罗l22
伍w20 余y20 朱z18 叶y18 关g16 甄z14 麦m14 邝k13 吕l13 谢x13 苏s13 郑z12 许x12 徐x12 胡h11 钟z11 卢l11 马m10
汤t10 容r10 聂n9 莫m9 潘p9 曾z9 蔡c9 高g8 郭g8 孙s8 宋s8 唐t8 韦w8 覃q7 石s7 彭p7 袁y7 欧o7 温w7 施s6 崔c6
廖l6 方f6 简j6 阮r6 雷l6 龙l6 董d5 蒋j5 姚y5 任r5 丁d5 龚g5 范f5 邹z5 熊x5 陆l5 白b4 江j4 康k4 史s4 侯h4
单s3 仇q2 解x2 查z2 翟z2 盖g1 洗x2 冼x4 佘s2 缪m1 冉r2 逄p1 亓q1 乜n1 禤x2 邬w2 庾y1 揭j2 占z2 种c1 尹y3
司徒st8 欧阳oy6 上官sg1 诸葛zg1 司马sm1 尉迟yc1 皇甫hf1 令狐lh1 慕容mr1 东方df1 公孙gs1 夏侯xh1
"""
_FIRST = {
    ("1", 0): "国建志文德永家荣锦炳耀树兆维润伯松景润汉",
    ("1", 1): "伟志建国俊文海军永卫健明家锦炳耀焕绍广振",
    ("1", 2): "俊浩嘉子家伟志泽宇梓宏健文明永锐卓智展思",
    ("1", 3): "梓浩子宇泽皓铭俊沐嘉景奕睿承煜峻晋昊逸翊",
    ("2", 0): "秀桂玉美惠瑞淑月金银彩锦宝素琼凤翠妙带丽",
    ("2", 1): "丽美燕秀惠玉淑红小春彩艳雪婉少翠月凤琼佩",
    ("2", 2): "嘉晓思雅婷丽敏颖诗美静慧欣倩玉晓雪巧咏绮",
    ("2", 3): "梓思欣诗雨子可语芷沐依若佳心悦舒奕书乐钰",
}
_SECOND = {
    ("1", 0): "华强安林生明祥发田根全才富昌庆泉雄堂仁义",
    ("1", 1): "强军华明辉伟斌平勇文彬雄杰光东新波良成洪",
    ("1", 2): "杰豪龙威鹏飞峰亮俊涛炜权聪康明锋辉彬森毅",
    ("1", 3): "轩宇涵睿然辰泽阳霖谦航博诚晨骏烨恒朗哲言",
    ("2", 0): "英兰珍芳娥梅莲琴香花仙好娣意群珠卿愿嫦笑",
    ("2", 1): "芳娟玲霞萍英红燕华云梅琼嫦珍仪娴群冰妹芬",
    ("2", 2): "婷敏莹怡雯欣玲君娜琪珊颖媚琳慧仪茵瑜妍燕",
    ("2", 3): "涵萱怡琳妍瑶桐彤玥宁菲晴滢然潼恩蕊霏妤熙",
}
_RARE = "堃喆淼昇翀頔骉燚犇䶮㛃赟彧祎奭昶珺翯邕麤"
_MINORITY = ["阿依努尔", "巴哈尔", "买买提江", "吐尔逊", "古丽娜", "阿迪力", "热依拉", "帕提古", "艾克拜", "尼加提", "央金", "扎西", "次仁", "卓玛", "格桑", "多吉"]
_LATIN = (
    ["ADEBAYO", "BRANDT", "CARMO", "DIALLO", "ERIKSEN", "FONTANE", "GHOSH", "HOLLER", "IVARSON", "JANSKY", "KOVAL", "LINDT", "MORANO", "NKEMI"]
)
_LATIN_GIVEN = (
    ["ALMA", "BORIS", "CLARA", "DARIO", "ELIN", "FELIX", "GRETA", "HUGO", "INES", "JONAS", "KIRA", "LEON", "MILA", "NILS", "OLGA", "PAVEL"]
)


@cache
def surname_table() -> tuple[Text, Text, NDArray[np.float64]]:
    """Surnames, their initials and their shares."""
    rows = []
    for entry in _SURNAMES.split():
        split = next(i for i, char in enumerate(entry) if char.isascii())
        letters = "".join(c for c in entry[split:] if c.isalpha())
        rows.append((entry[:split], letters, float(entry[split + len(letters) :])))
    names, initials, weights = zip(*rows, strict=True)
    shares = np.array(weights)
    return np.array(names), np.array(initials), shares / shares.sum()


def letters_of(text: str) -> str:
    """Initials of a given name or a Latin name, lower case."""
    return "".join(
        part[:1] for part in lazy_pinyin(text, style=Style.FIRST_LETTER) if part[:1].isalpha()
    ).lower()


@cache
def _pool(kind: str, sex: str, era: int) -> tuple[Text, Text]:
    chars = sorted(set({"first": _FIRST, "second": _SECOND}[kind][(sex, era)]))
    return np.array(chars), np.array([letters_of(char) or "x" for char in chars])


def draw_surnames(rng: np.random.Generator, count: int) -> Ints:
    """Indices into ``surname_table``."""
    return rng.choice(len(surname_table()[0]), count, p=surname_table()[2])


def make_names(rng: np.random.Generator, surnames: Ints, sexes: Text, birth_years: Ints) -> tuple[Text, Text]:
    """Names and initials for these surnames (indices), sexes ("1"/"2") and years of birth."""
    first, first_letter = _draw(rng, "first", sexes, birth_years)
    second, second_letter = _draw(rng, "second", sexes, birth_years)
    _sprinkle_rare(rng, second, second_letter)
    single = rng.random(len(surnames)) < 0.11
    first[single], first_letter[single] = "", ""
    table, initials, _ = surname_table()
    names = np.strings.add(np.strings.add(table[surnames], first), second)
    return names, np.strings.add(np.strings.add(initials[surnames], first_letter), second_letter)


def _draw(rng: np.random.Generator, kind: str, sexes: Text, years: Ints) -> tuple[Text, Text]:
    era = np.digitize(years, [1955, 1980, 2002])
    chars = np.empty(len(sexes), "<U2")
    letters = np.empty(len(sexes), "<U1")
    for sex in "12":
        for number in range(4):
            rows = np.flatnonzero((sexes == sex) & (era == number))
            pool, initials = _pool(kind, sex, number)
            drawn = rng.integers(len(pool), size=len(rows))
            chars[rows], letters[rows] = pool[drawn], initials[drawn]
    return chars, letters


def _sprinkle_rare(rng: np.random.Generator, chars: Text, letters: Text) -> None:
    rows = np.flatnonzero(rng.random(len(chars)) < 0.012)
    rare = np.array(list(_RARE))
    drawn = rng.integers(len(rare), size=len(rows))
    chars[rows] = rare[drawn]
    letters[rows] = np.array([letters_of(char) or "x" for char in _RARE])[drawn]


def dotted_names(rng: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    """Names such as 古丽娜·吐尔逊, with initials."""
    pairs = rng.integers(len(_MINORITY), size=(count, 2))
    names = [f"{_MINORITY[a]}·{_MINORITY[b]}" for a, b in pairs]
    return names, [letters_of(name.replace("·", ""))[:20] for name in names]


def latin_names(rng: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    """Names such as ``HOLLER KIRA``, with initials."""
    a, b = rng.integers(len(_LATIN), size=count), rng.integers(len(_LATIN_GIVEN), size=count)
    names = [f"{_LATIN[i]} {_LATIN_GIVEN[j]}" for i, j in zip(a, b, strict=True)]
    return names, ["".join(part[0] for part in name.split()).lower() for name in names]
