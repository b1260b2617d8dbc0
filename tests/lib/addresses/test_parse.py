"""Addresses as ledgers write them; roads and estates are real kinds, rooms are nobody's."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.lib.addresses import Gazetteer, parse, parse_column

TREE = {
    "白沙街道": "440703002000",
    "幸福社区": "440703002001",
    "杜阮镇": "440703103000",
    "龙榜村委会": "440703103201",
    "环市街道": "440703006000",
    "篁庄村": "440703006201",
}


def levels(text, gazetteer=None):
    address = parse(text, gazetteer)
    return {k: v for k, v in address._asdict().items() if v and k != "raw"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3栋2单元501", {"building": "3", "unit": "2", "room": "501"}),
        ("3幢501室", {"building": "3", "room": "501"}),
        ("3-2-501", {"building": "3", "unit": "2", "room": "501"}),
        ("3-501", {"building": "3", "room": "501"}),
        ("三座 12A", {"building": "3", "room": "12A"}),
        ("A栋", {"building": "A"}),
        ("12号楼", {"building": "12"}),
        ("A3栋1202", {"building": "A3", "room": "1202"}),
        ("二十一幢五〇二", {"building": "21", "room": "502"}),
        ("五巷6号", {"road": "五巷", "number": "6"}),
        ("环市一路12号之二", {"road": "环市一路", "number": "12之2"}),
        ("环市一路12号之三302", {"road": "环市一路", "number": "12之3", "room": "302"}),
        ("环市一路12-501", {"road": "环市一路", "number": "12", "room": "501"}),
        ("丰雅花园3栋1单元0502房", {"estate": "丰雅花园", "building": "3", "unit": "1", "room": "502"}),
        ("丰雅花园３栋１单元０５０２房", {"estate": "丰雅花园", "building": "3", "unit": "1", "room": "502"}),
        ("丰雅花园3#501", {"estate": "丰雅花园", "building": "3", "room": "501"}),
        ("丰雅花园3-1-502", {"estate": "丰雅花园", "building": "3", "unit": "1", "room": "502"}),
        (
            "建设路东海花园5座A梯401",
            {"road": "建设路", "estate": "东海花园", "building": "5", "unit": "A", "room": "401"},
        ),
        ("中心大厦8楼802", {"estate": "中心大厦", "floor": "8", "room": "802"}),
        (
            "迎宾大道西10号海逸城18幢2903",
            {"road": "迎宾大道西", "number": "10", "estate": "海逸城", "building": "18", "room": "2903"},
        ),
        (
            "院士路8号3号楼2-301",
            {"road": "院士路", "number": "8", "building": "3", "unit": "2", "room": "301"},
        ),
        ("胜利新村52-3号401", {"road": "胜利新村", "number": "52-3", "room": "401"}),
        ("3栋501(出租)", {"building": "3", "room": "501"}),
        ("3栋501后座", {"building": "3", "room": "501", "rest": "后座"}),
        ("", {}),
    ],
)
def test_the_door_is_found_however_it_is_written(written, expected):
    assert levels(written) == expected


def test_all_twelve_levels_are_told_apart_and_the_text_is_kept():
    text = "广东省江门市蓬江区白沙街道幸福社区胜利路12号丰雅花园3栋2单元5楼01房"
    address = parse(text)
    assert address[:13] == (
        text,
        "广东省",
        "江门市",
        "蓬江区",
        "白沙街道",
        "幸福社区",
        "胜利路",
        "12",
        "丰雅花园",
        "3",
        "2",
        "5",
        "1",
    )


@pytest.mark.parametrize(
    ("written", "road"),
    [("环市一路5号", "环市一路"), ("江门市环市东路5号", "环市东路"), ("花市街5号", "花市街")],
)
def test_a_road_that_has_a_city_in_its_name_is_a_road(written, road):
    assert parse(written).road == road


def test_a_compound_is_no_district_and_a_village_group_no_room():
    assert levels("丰雅小区3栋501") == {"estate": "丰雅小区", "building": "3", "room": "501"}
    assert levels("三塘镇大广村5组") == {"town": "三塘镇", "community": "大广村", "road": "5组"}


@pytest.mark.parametrize(
    "written",
    [
        "江门市蓬江区白沙街道幸福社区丰雅花园3栋501",
        "江门市白沙街道幸福社区居委会丰雅花园3栋501",
        "白沙幸福丰雅花园3栋501",
        "蓬江白沙街道幸福社区丰雅花园3栋501",
        "幸福社区丰雅花园3栋501",
        "幸福丰雅花园3-501",
    ],
)
def test_the_tree_finds_the_community_with_and_without_district_and_suffix(written):
    address = parse(written, Gazetteer(TREE))
    assert address.community_code == "440703002001"
    assert (address.estate, address.building, address.room) == ("丰雅花园", "3", "501")


@pytest.mark.parametrize("written", ["幸福路5号", "幸福花园3栋501", "幸福新村三座402", "幸福大厦802"])
def test_a_road_or_estate_that_shares_a_name_is_not_the_community(written):
    assert Gazetteer(TREE).find(written) == ""


def test_two_communities_of_one_name_are_told_apart_by_the_town_or_left_open():
    tree = Gazetteer([*TREE.items(), ("幸福社区", "440703006009")])
    assert tree.find("白沙街道幸福社区3栋501") == "440703002001"
    assert tree.find("环市街道幸福社区3栋501") == "440703006009"
    assert tree.find("幸福社区3栋501") == ""


def test_a_community_called_like_a_town_and_a_village_called_like_a_community_are_found():
    tree = Gazetteer({**TREE, "白沙社区居委会": "440703002009", "龙榜社区居委会": "440703103001"})
    assert tree.find("蓬江区白沙社区3栋501") == "440703002009"
    assert tree.find("白沙街道白沙社区3栋501") == "440703002009"
    assert tree.find("杜阮镇龙榜社区3栋501") == "440703103001"
    assert tree.find("杜阮镇龙榜村3栋501") == "440703103201"
    assert tree.find("杜阮镇龙榜3栋501") == ""


def test_a_column_is_parsed_like_its_cells():
    column = ["3栋501", None, "3栋501", "五巷6号"]
    assert parse_column(column, Gazetteer(TREE)) == [parse(text, Gazetteer(TREE)) for text in column]


@given(st.text("广东省江门市蓬江区白沙街道幸福社区村路号栋幢单元楼房室之一二十3-A #()１ ", max_size=30))
def test_no_text_breaks_the_parser(text):
    assert parse(text, Gazetteer(TREE)).raw == text


@given(
    st.integers(1, 99), st.integers(1, 9), st.integers(101, 3999), st.sampled_from(["栋", "幢", "座", "号楼"])
)
def test_building_unit_and_room_come_back_as_they_were_written(building, unit, room, word):
    address = parse(f"丰雅花园{building}{word}{unit}单元{room}房")
    assert (address.building, address.unit, address.room) == (str(building), str(unit), str(room))


def test_an_address_costs_a_few_microseconds():
    """About 8 µs on a fast machine, 35 on a slow one: only a runaway pattern fails this."""
    tree = Gazetteer(TREE)
    texts = [
        f"蓬江区白沙街道幸福社区胜利路{n % 300}号丰雅花园{n % 60}栋{n % 4}单元{n}房" for n in range(3000)
    ]
    texts += [f"{'幸福' * 20}{n}" for n in range(300)]
    start = time.process_time()
    for text in texts:
        parse(text, tree)
    assert (time.process_time() - start) / len(texts) < 150e-6


@pytest.mark.parametrize("piece", ["幸福", "一", "路", "1-", "五巷", "(", "A1", "村"])
def test_a_cell_full_of_nonsense_is_answered_at_once(piece):
    start = time.perf_counter()
    parse(piece * 20_000, Gazetteer(TREE))
    assert time.perf_counter() - start < 0.2
