"""Invented names: common and compound surnames, given names of their time, rare characters, dotted
minority names and a few Latin ones, each with its pinyin initials."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from wangge.lib.pinyin import initials

Text = NDArray[np.str_]
Ints = NDArray[np.int64]

# Surname and its weight: what is common here, compound ones, ones that pypinyin misreads.
_SURNAMES = """
陈90 李80 黄72 梁70 林60 吴50 张48 谭40 王38 刘36 冯30 何30 周26 赵24 区24 邓24 杨24 罗22
伍20 余20 朱18 叶18 关16 甄14 麦14 邝13 吕13 谢13 苏13 郑12 许12 徐12 胡11 钟11 卢11 马10
汤10 容10 聂9 莫9 潘9 曾9 蔡9 高8 郭8 孙8 宋8 唐8 韦8 覃7 石7 彭7 袁7 欧7 温7 施6 崔6
廖6 方6 简6 阮6 雷6 龙6 董5 蒋5 姚5 任5 丁5 龚5 范5 邹5 熊5 陆5 白4 江4 康4 史4 侯4
单3 仇2 解2 查2 翟2 盖1 洗2 冼4 佘2 缪1 冉2 逄1 亓1 乜1 禤2 邬2 庾1 揭2 占2 种1 尹3
司徒8 欧阳6 上官1 诸葛1 司马1 尉迟1 皇甫1 令狐1 慕容1 东方1 公孙1 夏侯1
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
_MINORITY = [
    "阿依努尔",
    "巴哈尔",
    "买买提江",
    "吐尔逊",
    "古丽娜",
    "阿迪力",
    "热依拉",
    "帕提古",
    "艾克拜",
    "尼加提",
    "央金",
    "扎西",
    "次仁",
    "卓玛",
    "格桑",
    "多吉",
]
_LATIN = [
    "ADEBAYO",
    "BRANDT",
    "CARMO",
    "DIALLO",
    "ERIKSEN",
    "FONTANE",
    "GHOSH",
    "HOLLER",
    "IVARSON",
    "JANSKY",
    "KOVAL",
    "LINDT",
    "MORANO",
    "NKEMI",
]
_LATIN_GIVEN = [
    "ALMA",
    "BORIS",
    "CLARA",
    "DARIO",
    "ELIN",
    "FELIX",
    "GRETA",
    "HUGO",
    "INES",
    "JONAS",
    "KIRA",
    "LEON",
    "MILA",
    "NILS",
    "OLGA",
    "PAVEL",
]


@cache
def surname_table() -> tuple[Text, Text, NDArray[np.float64]]:
    """Surnames, their initials and their shares."""
    rows = []
    for entry in _SURNAMES.split():
        surname = entry.rstrip("0123456789")
        rows.append((surname, initials(surname), float(entry[len(surname) :])))
    surnames, letters, weights = zip(*rows, strict=True)
    shares = np.array(weights)
    return np.array(surnames), np.array(letters), shares / shares.sum()


def _letter(char: str) -> str:
    """The initial of a character of a given name; none for one without a known reading."""
    return initials("王" + char)[1:2]


@cache
def _pool(kind: str, sex: str, era: int) -> tuple[Text, Text]:
    chars = sorted(set({"first": _FIRST, "second": _SECOND}[kind][(sex, era)]))
    return np.array(chars), np.array([_letter(char) for char in chars])


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
    table, letters, _ = surname_table()
    names = np.strings.add(np.strings.add(table[surnames], first), second)
    return names, np.strings.add(np.strings.add(letters[surnames], first_letter), second_letter)


def _draw(rng: np.random.Generator, kind: str, sexes: Text, years: Ints) -> tuple[Text, Text]:
    era = np.digitize(years, [1955, 1980, 2002])
    chars = np.empty(len(sexes), "<U2")
    letters = np.empty(len(sexes), "<U1")
    for sex in "12":
        for number in range(4):
            rows = np.flatnonzero((sexes == sex) & (era == number))
            pool, letter = _pool(kind, sex, number)
            drawn = rng.integers(len(pool), size=len(rows))
            chars[rows], letters[rows] = pool[drawn], letter[drawn]
    return chars, letters


def _sprinkle_rare(rng: np.random.Generator, chars: Text, letters: Text) -> None:
    rows = np.flatnonzero(rng.random(len(chars)) < 0.012)
    rare = np.array(list(_RARE))
    drawn = rng.integers(len(rare), size=len(rows))
    chars[rows] = rare[drawn]
    letters[rows] = np.array([_letter(char) for char in _RARE])[drawn]


def dotted_names(rng: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    """Names such as 古丽娜·吐尔逊, with initials."""
    pairs = rng.integers(len(_MINORITY), size=(count, 2))
    names = [f"{_MINORITY[a]}·{_MINORITY[b]}" for a, b in pairs]
    return names, [initials(name)[:20] for name in names]


def latin_names(rng: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    """Names such as ``HOLLER KIRA``, with initials."""
    a, b = rng.integers(len(_LATIN), size=count), rng.integers(len(_LATIN_GIVEN), size=count)
    names = [f"{_LATIN[i]} {_LATIN_GIVEN[j]}" for i, j in zip(a, b, strict=True)]
    return names, [initials(name) for name in names]
