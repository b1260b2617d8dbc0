"""Reading an address by its shape says what reading it carefully says."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.lib.addresses import Gazetteer, Shapes, door_key, parse

GAZETTEER = Gazetteer(
    [("白沙街道", "440703001000"), ("羊桥社区", "440703001002"), ("三丫村", "440703001205")]
)
PIECES = [
    "白沙街道", "羊桥社区", "三丫村", "隆盛里", "巷", "号", "栋", "单元", "室", "房", "-", "之", "怡康新村",
    "中山路", "十二", "A", "一", "层", "（租）", " ", "３", "组", "{}", "号楼", "城西工业园宿舍",
]  # fmt: skip
numbers = st.integers(0, 40_000).map(str) | st.from_regex(r"0[0-9]{1,3}", fullmatch=True)
texts = st.lists(st.sampled_from(PIECES) | numbers, max_size=12).map("".join)


def careful(_context: str | None, text: str) -> tuple[str, ...] | None:
    address = parse(text, GAZETTEER)
    key = door_key(address)
    return (address.community_code, *key, *address[1:14]) if key else None


@settings(max_examples=600, deadline=None)
@given(st.lists(texts, min_size=1, max_size=5), st.randoms())
def test_a_text_read_by_its_shape_is_read_as_carefully(found: list[str], chance: random.Random) -> None:
    shapes = Shapes(careful)
    for text in found:
        for told in (text, _renumbered(text, chance), _renumbered(text, chance)):
            assert shapes.read(None, told) == careful(None, told)


def _renumbered(text: str, chance: random.Random) -> str:
    return "".join(str(chance.randrange(10)) if letter in "0123456789" else letter for letter in text)


@pytest.mark.parametrize(
    "text", ["羊桥社区隆盛里3巷12号", "怡康新村3栋2单元501房", "中山路12号之3", "怡康新村7栋3-1002"]
)
def test_of_a_thousand_doors_of_one_shape_two_are_read_carefully(text: str) -> None:
    asked = []

    def counted(context: str | None, told: str) -> tuple[str, ...] | None:
        asked.append(told)
        return careful(context, told)

    shapes, chance = Shapes(counted), random.Random(7)
    doors = [_renumbered(text, chance).translate({48: "5"}) for _door in range(1000)]
    read = [shapes.read(None, door) for door in doors]
    assert len(asked) == 2
    assert read == [careful(None, door) for door in doors]


def test_a_number_that_begins_with_zero_is_read_carefully() -> None:
    shapes = Shapes(careful)
    shapes.read(None, "怡康新村3栋501")
    assert shapes.read(None, "怡康新村3栋051") == careful(None, "怡康新村3栋051")
    assert shapes.read(None, "怡康新村3栋051") != shapes.read(None, "怡康新村3栋151")
