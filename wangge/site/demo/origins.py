"""Where people are registered who are not registered here: real counties, invented villages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# GB/T 2260 code and full name; heavier for neighbouring provinces.
COUNTIES = """
440785 广东省江门市恩平市 5|440783 广东省江门市开平市 5|440781 广东省江门市台山市 5
440784 广东省江门市鹤山市 4|440705 广东省江门市新会区 6|440704 广东省江门市江海区 4
440981 广东省茂名市高州市 3|440982 广东省茂名市化州市 3|440882 广东省湛江市雷州市 3
440881 广东省湛江市廉江市 3|441781 广东省阳江市阳春市 3|445381 广东省云浮市罗定市 3
441224 广东省肇庆市怀集县 2|450881 广西壮族自治区贵港市桂平市 6|450923 广西壮族自治区玉林市博白县 5
450981 广西壮族自治区玉林市北流市 5|450921 广西壮族自治区玉林市容县 4|450422 广西壮族自治区梧州市藤县 4
450722 广西壮族自治区钦州市浦北县 3|430481 湖南省衡阳市耒阳市 4|430482 湖南省衡阳市常宁市 3
431124 湖南省永州市道县 3|430524 湖南省邵阳市隆回县 4|430525 湖南省邵阳市洞口县 3
431022 湖南省郴州市宜章县 2|511722 四川省达州市宣汉县 3|511724 四川省达州市大竹县 3
511725 四川省达州市渠县 3|511621 四川省广安市岳池县 2|500235 重庆市云阳县 2
500236 重庆市奉节县 2|360731 江西省赣州市于都县 3|360781 江西省赣州市瑞金市 2
360735 江西省赣州市石城县 1|411381 河南省南阳市邓州市 3|411328 河南省南阳市唐河县 2
411627 河南省周口市太康县 2|421083 湖北省荆州市洪湖市 2|429004 湖北省仙桃市 2
520523 贵州省毕节市金沙县 2|520526 贵州省毕节市威宁县 2|520527 贵州省毕节市赫章县 2
530627 云南省昭通市镇雄县 2|530621 云南省昭通市鲁甸县 1|610981 陕西省安康市旬阳市 1
341226 安徽省阜阳市颍上县 1
"""
_TOWNS = [
    "石桥",
    "龙塘",
    "新圩",
    "大坪",
    "双溪",
    "白沙",
    "平江",
    "马鞍",
    "长岭",
    "三江",
    "黄泥",
    "清水",
    "太平",
    "桐木",
    "官渡",
]
_VILLAGES = [
    "上寨",
    "下湾",
    "田心",
    "大塘",
    "竹山",
    "岭脚",
    "河背",
    "樟木",
    "梅子",
    "桥头",
    "石头",
    "荷塘",
    "枫树",
    "柏木",
    "老屋",
]


def counties() -> tuple[list[str], list[str], NDArray[np.float64]]:
    """Codes, names and shares."""
    rows = [entry.split() for line in COUNTIES.split("\n") if line for entry in line.split("|")]
    weights = np.array([float(row[2]) for row in rows])
    return [row[0] for row in rows], [row[1] for row in rows], weights / weights.sum()


def draw_origins(rng: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    """Region codes and written addresses of ``count`` households."""
    codes, names, shares = counties()
    drawn = rng.choice(len(codes), count, p=shares).tolist()
    town, village = rng.integers(len(_TOWNS), size=count), rng.integers(len(_VILLAGES), size=count)
    house = rng.integers(1, 180, size=count)
    addresses = [
        f"{names[c]}{_TOWNS[t]}镇{_VILLAGES[v]}村{h}号"
        for c, t, v, h in zip(drawn, town.tolist(), village.tolist(), house.tolist(), strict=True)
    ]
    return [codes[c] for c in drawn], addresses
