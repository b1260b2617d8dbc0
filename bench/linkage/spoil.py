"""One way each in which a copied record comes to differ from its original."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

from pypinyin import lazy_pinyin

VARIANTS = str.maketrans(
    "陈张刘杨黄赵吴马冯邓叶苏卢钟谭华国强伟东红艳丽云龙凤杰婷兰峰晖",
    "陳張劉楊黃趙吳馬馮鄧葉蘇盧鍾譚華國強偉東紅豔麗雲龍鳳傑婷蘭峯暉",
)
LOOKS = dict(
    zip(
        "玲铃伶嘉喜晨辰末未己已琪淇瑜榆怡治明朋建健",
        "铃伶玲喜嘉辰晨未末已己淇琪榆瑜治怡朋明健建",
        strict=True,
    )
)
COMMON = (
    "伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红玲芬燕云辉建国文斌波琴志"
    "佳嘉豪欣怡梓涵子轩宇浩俊杰思雨诗雅婷雪梅家健锋峰锦晓东海龙飞鹏翔"
)
Row = dict
Spoiler = Callable[[Row, random.Random, list[Row]], None]
SPOILERS: dict[str, Spoiler] = {}


def spoiler(function: Spoiler) -> Spoiler:
    SPOILERS[function.__name__] = function
    return function


@cache
def _sounds() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sign in COMMON:
        found.setdefault(lazy_pinyin(sign)[0], []).append(sign)
    return found


def _put(text: str, at: int, sign: str) -> str:
    return text[:at] + sign + text[at + 1 :]


def _at(text: str, rng: random.Random, first: int = 0) -> int:
    return rng.randrange(first, len(text))


@spoiler
def id_lost(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["id_no"] = None


@spoiler
def id_digit(row: Row, rng: random.Random, others: list[Row]) -> None:
    if row["id_no"]:
        at = _at(row["id_no"], rng)
        row["id_no"] = _put(row["id_no"], at, rng.choice("0123456789".replace(row["id_no"][at], "")))


@spoiler
def id_swapped(row: Row, rng: random.Random, others: list[Row]) -> None:
    if row["id_no"]:
        at = _at(row["id_no"][:-1], rng)
        one, two = row["id_no"][at], row["id_no"][at + 1]
        row["id_no"] = _put(_put(row["id_no"], at, two), at + 1, one)


@spoiler
def id_old(row: Row, rng: random.Random, others: list[Row]) -> None:
    if row["id_no"] and len(row["id_no"]) == 18 and row["id_no"][6:8] == "19":
        row["id_no"] = row["id_no"][:6] + row["id_no"][8:17]


@spoiler
def id_rounded(row: Row, rng: random.Random, others: list[Row]) -> None:
    if row["id_no"] and len(row["id_no"]) == 18:
        row["id_no"] = row["id_no"][:15] + "000"


@spoiler
def id_masked(row: Row, rng: random.Random, others: list[Row]) -> None:
    if row["id_no"] and len(row["id_no"]) == 18:
        row["id_no"] = row["id_no"][:6] + "********" + row["id_no"][14:]


@spoiler
def name_homophone(row: Row, rng: random.Random, others: list[Row]) -> None:
    for at in range(len(row["name"]) - 1, 0, -1):
        same = [s for s in _sounds().get(lazy_pinyin(row["name"][at])[0], []) if s != row["name"][at]]
        if same:
            row["name"] = _put(row["name"], at, rng.choice(same))
            return


@spoiler
def name_variant(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["name"] = row["name"].translate(VARIANTS)


@spoiler
def name_look(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["name"] = row["name"][:1] + "".join(LOOKS.get(s, s) for s in row["name"][1:])


@spoiler
def name_typo(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["name"] = _put(row["name"], _at(row["name"], rng, 1), rng.choice(COMMON))


@spoiler
def name_blank(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["name"] = rng.choice((" ", "　", "  ")).join(row["name"])


@spoiler
def name_turned(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["name"] = row["name"][:1] + row["name"][:0:-1]


@spoiler
def name_nick(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["name"] = rng.choice("阿小") + row["name"][-1]


@spoiler
def birth_swapped(row: Row, rng: random.Random, others: list[Row]) -> None:
    year, month, day = row["birth"].split("-")
    if int(day) <= 12:
        row["birth"] = f"{year}-{day}-{month}"


@spoiler
def birth_digit(row: Row, rng: random.Random, others: list[Row]) -> None:
    year, month, day = row["birth"].split("-")
    row["birth"] = (
        f"{year}-{month}-{rng.randrange(1, 29):02d}"
        if rng.random() < 0.5
        else f"{year}-{rng.randrange(1, 13):02d}-{day}"
    )


@spoiler
def birth_year(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["birth"] = str(int(row["birth"][:4]) + rng.choice((-1, 1))) + row["birth"][4:]


@spoiler
def birth_only_year(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["birth"] = row["birth"][:4] + "-01-01"


@spoiler
def birth_format(row: Row, rng: random.Random, others: list[Row]) -> None:
    year, month, day = row["birth"].split("-")[:3]
    row["birth"] = rng.choice(
        (
            f"{year}{month}{day}",
            f"{year}.{int(month)}.{int(day)}",
            f"{year}年{int(month)}月{int(day)}日",
            f"{year}/{month}/{day}",
        )
    )


@spoiler
def phone_changed(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["phone"] = f"100{rng.randrange(10**8):08d}"


@spoiler
def phone_digit(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["phone"] = _put(row["phone"], _at(row["phone"], rng, 3), rng.choice("0123456789"))


@spoiler
def phone_format(row: Row, rng: random.Random, others: list[Row]) -> None:
    phone = row["phone"]
    row["phone"] = rng.choice(
        (f"+86{phone}", f"{phone[:3]}-{phone[3:7]}-{phone[7:]}", f"{phone[:3]} {phone[3:7]} {phone[7:]}")
    )


@spoiler
def moved(row: Row, rng: random.Random, others: list[Row]) -> None:
    other = rng.choice(others)
    row["address"], row["head"] = other["address"], None


@spoiler
def address_short(row: Row, rng: random.Random, others: list[Row]) -> None:
    address = row["address"]
    if address and "号" in address and "栋" in address and not address.partition("号")[2][:1].isdigit():
        row["address"] = address.partition("号")[2]


@spoiler
def address_form(row: Row, rng: random.Random, others: list[Row]) -> None:
    address = row["address"]
    if not address:
        return
    for _ in range(rng.randrange(1, 3)):
        old, new = rng.choice(
            (("栋", "幢"), ("栋", "座"), ("单元", "梯"), ("栋", "号楼"), ("单元", "-"), ("栋", "-"))
        )
        address = address.replace(old, new)
    row["address"] = (
        rng.choice(("", "广东省江门市蓬江区", "江门市蓬江区", "蓬江区"))
        + address
        + rng.choice(("", "室", "房"))
    )


@spoiler
def head_lost(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["head"] = None


@spoiler
def employer_changed(row: Row, rng: random.Random, others: list[Row]) -> None:
    row["employer"] = rng.choice(others)["employer"]
