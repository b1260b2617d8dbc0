"""From one line of text to the levels of an address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .gazetteer import Gazetteer, Located
from .numerals import HAN, arabic, fold


class Address(NamedTuple):
    """The levels of spec §3.6, each "" when not written. Numbers are canonical (十二 -> 12, 0502 ->
    502); ``town_code`` and ``community_code`` are filled by a gazetteer."""

    raw: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    town: str = ""
    community: str = ""
    road: str = ""
    number: str = ""
    estate: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""
    rest: str = ""
    town_code: str = ""
    community_code: str = ""


LONGEST = 120  # characters read; nobody writes more, and patterns must not be made to run away
Z = "\u4e00-\u9fff"
N = rf"(?:\d+|[{HAN}]+)"
# 12号之二 and 12号附2号 are doors of their own; of 12号之304 the 304 is a room.
BESIDE = rf"(?:之(?:\d{{1,2}}(?!\d)|[{HAN}]+)|附(?:{N})号?)"
QUARTER = "[苑园村里坊庭居府湾轩郡邸舍][东西南北中]"  # 丰雅苑南区, 胜利新村西区
AREAS = re.compile(
    rf"(?:中国)?(?P<province>[{Z}]{{2,3}}省|[{Z}]{{2,6}}自治区|(?:北京|天津|上海|重庆)市(?=[{Z}]{{1,5}}[区县]))?"
    rf"(?P<city>[{Z}]{{1,4}}?(?:(?<![环城超花农街夜集])市(?![场部民])|自治州|地区))?"
    rf"(?P<district>[{Z}]{{1,5}}?(?:(?<![小社园校厂院街住宿区业片景一二三四五六七八九十])(?<!{QUARTER})区(?!域)"
    rf"|(?<=[{Z}]{{2}})县|旗))?"
)
TOWN = re.compile(
    rf"(?P<town>[{Z}]{{2,5}}?(?:街道办事处|街道办|街道|(?<!城)镇(?![{Z}]{{0,2}}[路街巷])|乡(?![{Z}]{{0,2}}[路街巷])))?"
    rf"(?P<community>[{Z}]{{1,8}}?(?:社区居民委员会|社区居委会|社区|村民委员会|居民委员会|村委会|居委会"
    rf"|(?<!新)(?<![{Z}]新)村(?!民|小组|[{Z}]{{0,1}}[路街巷])))?"
)
STREET = re.compile(
    rf"(?P<road>(?:[{Z}A-Za-z\d]{{1,12}}?(?:大道|公路|路|大街|街|巷|胡同|坊|里(?=\d|[{HAN}]+[巷号])))"
    rf"(?:[东西南北中](?=第?[\d{HAN}])|[东西南北中]?[{HAN}]+段)?"
    rf"(?:[{Z}]{{0,6}}?(?:{N})[横]?(?:巷|街|路|里)|[{Z}]{{1,4}}[巷里](?=\d))*)"
    rf"(?:第?(?P<number>(?:{N}(?:-\d+)?[A-Za-z]?号(?!楼|栋|幢|座|门|房)(?:院|地铺?)?{BESIDE}?)"
    rf"|\d+(?=-\d{{3,5}}[A-Za-z]?(?:室|房|$))-?))?"
)
BARE_NUMBER = re.compile(rf"第?(?P<number>{N}(?:-\d+)?号(?!楼|栋|幢|座|门|房){BESIDE}?)")
BUILDING = re.compile(
    rf"第?(?P<building>[A-Za-z]{{1,2}}\d{{0,4}}|\d{{1,4}}[A-Za-z]?|[{HAN}]+|[东西南北中甲乙丙丁])(?P<kind>号楼|号栋|号幢|号座|栋|幢|座|#楼?)"
)
INSIDE = re.compile(
    rf"-?(?:宿舍楼?)?(?:第?(?P<unit>\d{{1,2}}|[A-Za-z]|[{HAN}]+|[甲乙丙丁东西中])(?:单元|门洞|梯(?!间)|门)-?|(?P<bare>\d{{1,2}})-(?=\d{{3}}))?"
    rf"(?:第?(?P<floor>负?\d{{1,2}}|[Bb]\d|[{HAN}]+)(?:层|楼)-?)?"
    rf"(?P<room>(?:\d{{1,5}}|[A-Za-z]{{1,2}}|[{HAN}]{{1,4}})(?:\d{{1,4}}|[A-Za-z])?(?:-\d{{1,4}})?(?:之(?:{N}))?)?(?:号房|房间|房|室|号|户)?"
)
DASHED = re.compile(
    r"(?<![\d之A-Za-z])(?P<building>[A-Za-z]?\d{1,3}[A-Za-z]?)-(?:(?P<unit>\d{1,2})-)?(?P<room>\d{3,5}[A-Za-z]?|\d{1,2}[A-Za-z]?)(?:室|房|号房|号|户)?$"
)
GROUND = re.compile("[首底]层|地下$")
GROUP = re.compile(rf"第?({N})(?:村民小组|小组|组|生产队|队|社)(?!区)")
AREA_WORDS = re.compile("[省市区县旗州]")
OPENING = re.compile(r"[(\[【〔]")
BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
ESTATE_END = re.compile(r"[-,，.。;；、()#]+$")
SUB = re.compile(rf"([之附])({N})号?$")


@lru_cache(maxsize=1)
def _nowhere() -> Located:
    return Located()


def parse(text: str | None, gazetteer: Gazetteer | None = None) -> Address:
    """Parse one address.

    Args:
        text: as written; province, city and 区 may be missing.
        gazetteer: the district's towns and communities; without it only names that carry their
            suffix (街道, 镇, 社区, 村 …) are told from roads and estates.
    """
    raw = text or ""
    folded = GROUND.sub("1层", fold(raw[:LONGEST]))
    if OPENING.search(folded):
        folded = BRACKETS.sub("", folded)
    province, city, district, at = _areas(folded)
    located = gazetteer.locate(folded, at) if gazetteer else _nowhere()
    if located.end > at:
        town, community, at = located.town, located.community, located.end
        if not community:
            named = TOWN.match(folded, at)
            if named and named["community"] and not named["town"]:
                community, at = named["community"], named.end()
    else:
        named = TOWN.match(folded, at)
        assert named
        town, community = named.group(1, 2)
        at = named.end()
    return Address(
        raw, province, city, district, town or "", community or "",
        *_tail(folded[at:].lstrip("-,，、.")), located.town_code, located.community_code,
    )  # fmt: skip


def _areas(folded: str) -> tuple[str, str, str, int]:
    """Province, city and district at the start, and where they end."""
    if not AREA_WORDS.search(folded, 0, 20):
        return "", "", "", 0
    areas = AREAS.match(folded)
    assert areas  # every part is optional
    province, city, district = areas.group(1, 2, 3)
    return province or "", city or "", district or "", areas.end()


def _tail(tail: str) -> tuple[str, str, str, str, str, str, str, str]:
    """Road, number, estate, building, unit, floor, room, rest of what follows the areas."""
    group = GROUP.match(tail)
    if group is None:
        return _within_road(tail)
    road, *others = _within_road(tail[group.end() :])
    return (f"{arabic(group[1])}组{road}", *others)  # type: ignore[return-value]


def _within_road(tail: str) -> tuple[str, str, str, str, str, str, str, str]:
    if built := BUILDING.search(tail):
        road, number, estate = _front(tail[: built.start()])
        return (road, number, estate, arabic(built["building"]), *_inside(tail, built.end()))
    if dashed := DASHED.search(tail):
        road, number, estate = _front(tail[: dashed.start()])
        first, unit, room = map(arabic, (dashed["building"], dashed["unit"] or "", dashed["room"]))
        if road and not (number or estate or unit):  # 环市一路12-501: a door number and a room
            return road, first, "", "", "", "", room, ""
        return road, number, estate, first, unit, "", room, ""
    return _without_building(tail)


def _front(front: str) -> tuple[str, str, str]:
    """Road, number and estate of the part before the building."""
    street = STREET.match(front)
    if street is None:
        bare = BARE_NUMBER.match(front)
        return "", _number(bare["number"]) if bare else "", _estate(front[bare.end() :] if bare else front)
    return street["road"], _number(street["number"]), _estate(front[street.end() :])


def _estate(text: str) -> str:
    if not text or (text[-1] >= "一" and text[0] >= "一"):
        return text
    return ESTATE_END.sub("", text).lstrip("-,，、.")


def _number(text: str | None) -> str:
    """A door number: 12号 -> 12, 十二号之三 -> 12之3, 12-3号 -> 12-3."""
    if not text:
        return ""
    sub = SUB.search(text) if "之" in text or "附" in text else None
    body = (text[: sub.start()] if sub else text).partition("号")[0].rstrip("-")
    return arabic(body) + (f"{sub[1]}{arabic(sub[2])}" if sub else "")


def _inside(tail: str, at: int) -> tuple[str, str, str, str]:
    inside = INSIDE.match(tail, at)
    assert inside  # every part is optional
    return (
        arabic(inside["unit"] or inside["bare"] or ""), arabic(inside["floor"] or ""), _room(inside["room"]),
        tail[inside.end() :],
    )  # fmt: skip


def _room(text: str | None) -> str:
    if not text:
        return ""
    if "之" not in text:
        return arabic(text)
    body, _, sub = text.partition("之")
    return arabic(body) + (f"之{arabic(sub)}" if sub else "")


# A plain estate name is followed by what lies inside it: 丰雅花园502房, 宿舍楼3楼301.
NAMED = re.compile(
    rf"(?P<estate>[{Z}]*?)(?=(?:第?(?:\d{{1,2}}|[{HAN}]+)(?:单元|梯|层|楼)"
    rf"|[A-Za-z]?\d{{2,5}}[A-Za-z]?(?:号?房|室|户|$)))"
)


def _without_building(tail: str) -> tuple[str, str, str, str, str, str, str, str]:
    road, number, rest = "", "", tail
    if street := STREET.match(tail):
        road, number, rest = street["road"], _number(street["number"]), tail[street.end() :]
    elif bare := BARE_NUMBER.match(tail):
        number, rest = _number(bare["number"]), tail[bare.end() :]
    rest = rest.removeprefix("之")
    named = NAMED.match(rest)
    estate, at = (named["estate"], named.end()) if named else ("", 0)
    if not named and not (rest and INSIDE.fullmatch(rest)):
        split = re.match(rf"(?P<estate>[{Z}A-Za-z]*)(?P<number>\d+(?:-\d+)?号{BESIDE}?)?", rest)
        assert split
        estate, at = split["estate"], split.end()
        if split["number"] and not number:  # 胜利新村52-3号: doors are counted along the estate
            road, number, estate = road + estate, _number(split["number"]), ""
    return (road, number, _estate(estate), "", *_inside(rest, at))


def parse_column(values: Sequence[str | None], gazetteer: Gazetteer | None = None) -> list[Address]:
    """Parse a column; each distinct text once."""
    memo: dict[str | None, Address] = {}
    result = []
    for value in values:
        address = memo.get(value)
        if address is None:
            address = memo[value] = parse(value, gazetteer)
        result.append(address)
    return result
