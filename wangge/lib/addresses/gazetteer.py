"""Matching over the district's own division tree: official names, with and without their suffix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .numerals import fold

SUFFIX = re.compile(
    r"(?:街道办事处|街道办|街道|镇|乡|社区居民委员会|社区居委会|社区|村民委员会|居民委员会|村委会|居委会|村)$"
)
TOWN = ("街道", "街道办", "街道办事处", "镇", "乡")
COMMUNITY = ("社区", "社区居委会", "居委会", "居民委员会", "社区居民委员会")
VILLAGE = ("村", "村委会", "村民委员会")
# After a bare name these mean a road or an estate that merely shares it: 幸福路, 幸福花园.
NOT_AFTER = re.compile(
    r"[一二三四五六七八九十东西南北中新大前后横上下]{0,2}(?:路|街(?!道)|巷|大道|里|坊|桥|围|市场|广场|大厦|花园|豪庭|新村|新城"
    r"|小区|公寓|山庄|花苑|苑|湾|居(?!委)|阁|轩|庭|中学|小学|学校|医院|工业|公园|商|酒店)"
)


class Located(NamedTuple):
    """Where in the tree an address lies: codes and names, "" where nothing or several matched;
    ``end`` is the place in the folded text after the last matched name."""

    town_code: str = ""
    town: str = ""
    community_code: str = ""
    community: str = ""
    end: int = 0


class _Name(NamedTuple):
    text: str
    code: str
    official: str
    bare: bool  # without any suffix
    own: bool  # with the suffix of its own kind: a village may be called 社区, but a 社区 goes first


class Gazetteer:
    """Names of towns and communities to codes.

    Args:
        names: name -> 12-digit code, or pairs where names repeat in different towns. Codes that
            end in 000 are towns and streets; all others are communities and villages.
    """

    def __init__(self, names: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
        pairs = names.items() if isinstance(names, Mapping) else names
        self._towns: dict[str, list[_Name]] = {}
        self._communities: dict[str, list[_Name]] = {}
        for name, code in pairs:
            self._add(fold(name), code)
        for index in (self._towns, self._communities):
            for same_start in index.values():
                same_start.sort(key=lambda name: -len(name.text))
        self._town_starts, self._community_starts = _starts(self._towns), _starts(self._communities)

    def _add(self, name: str, code: str) -> None:
        index = self._towns if code[9:] in {"", "000"} else self._communities
        stem = SUFFIX.sub("", name)
        spellings = {name: True}
        if len(stem) > 1:
            own, other = _suffixes(name, index is self._towns)
            spellings |= dict.fromkeys((stem + suffix for suffix in other), False)
            spellings |= dict.fromkeys((stem, *(stem + suffix for suffix in own)), True)
        for text, is_own in spellings.items():
            bare = text == stem != name
            index.setdefault(text[:2], []).append(_Name(text, code, name, bare, is_own))

    def locate(self, text: str, start: int = 0) -> Located:
        """The town and community named at ``start`` of an already folded text, or anywhere in it
        by a full name. Two communities of one name are told apart by the town, else left open."""
        towns, at = _at(self._towns, text, start), start
        if towns and towns[0].bare and _longer(_at(self._communities, text, start), towns):
            towns = []  # 白沙社区 is a community although 白沙 is a town
        elif not towns:  # 蓬江白沙街道: something short stands before the town
            towns, at = _anywhere(self._towns, self._town_starts, text, start, "", start + 6)
        town = _only(towns)
        at = at + len(town.text) if town else start
        prefix = town.code[:9] if town else ""
        found = [n for n in _at(self._communities, text, at) if n.code.startswith(prefix)]
        if not found:
            found, at = _anywhere(self._communities, self._community_starts, text, at, prefix, len(text))
        community = _only(found)
        if community:
            at += len(community.text)
        return Located(
            town.code if town else "", town.official if town else "",
            community.code if community else "", community.official if community else "",
            at if town or community else 0,
        )  # fmt: skip

    def find(self, text: str) -> str:
        """The community's code in an address as written, "" when none or several fit."""
        from .parsing import parse

        return parse(text, self).community_code


def _at(index: dict[str, list[_Name]], text: str, at: int) -> list[_Name]:
    """The longest names that stand at this place, several when they are spelt alike."""
    names = index.get(text[at : at + 2])
    if names is None:
        return []
    longest: list[_Name] = []
    for name in names:
        if longest and len(name.text) < len(longest[0].text):
            break
        if text.startswith(name.text, at) and not (name.bare and NOT_AFTER.match(text, at + len(name.text))):
            longest.append(name)
    return longest


def _suffixes(name: str, is_town: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The suffixes of an area's own kind, and those people mistake them for."""
    if is_town:
        return TOWN, ()
    return (COMMUNITY, VILLAGE) if "社区" in name or "居委会" in name else (VILLAGE, COMMUNITY)


def _longer(these: list[_Name], those: list[_Name]) -> bool:
    return bool(these) and len(these[0].text) > len(those[0].text)


def _only(names: list[_Name]) -> _Name | None:
    """The one area these names mean, None when there are several."""
    if len(names) < 2:
        return names[0] if names else None
    best = [name for name in names if name.own] or names
    return best[0] if len({name.code for name in best}) == 1 else None


def _starts(index: dict[str, list[_Name]]) -> re.Pattern[str]:
    """Finds the places where a full name may begin; the empty tree finds none."""
    full = [start for start, names in index.items() if any(not name.bare for name in names)]
    return re.compile("|".join(map(re.escape, full)) or "(?!)")


def _anywhere(
    index: dict[str, list[_Name]], starts: re.Pattern[str], text: str, after: int, prefix: str, before: int
) -> tuple[list[_Name], int]:
    """The first full name (no bare stem) that begins after one place and before another."""
    place = starts.search(text, after + 1)
    while place and place.start() < before:
        at = place.start()
        found = [n for n in _at(index, text, at) if not n.bare and n.code.startswith(prefix)]
        if found:
            return found, at
        place = starts.search(text, at + 1)
    return [], after
