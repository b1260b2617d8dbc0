"""Two spellings of one room have one key; two rooms never do."""

import pytest

from wangge.lib.addresses import Gazetteer, parse, room_key

HOME = "440703002001"


def key(text, community=HOME):
    return room_key(parse(text), community)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3栋2单元501", "3-2-501"),
        ("3幢501室", "三座501房"),
        ("丰雅花园3栋1单元0502房", "丰雅花园小区３号楼1单元502"),
        ("胜利路12号丰雅花园3栋502", "丰雅花园3-502"),
        ("丰雅花园3栋5楼01房", "丰雅花园3栋501"),
        ("丰雅花园3栋5楼A", "丰雅花园3栋5A房"),
        ("环市一路12号之三302", "环市一路１２号之3 302室"),
        ("五巷6号", "五巷六号"),
        ("环市一路12号之302室", "环市一路12号302"),
        ("环市一路12号附3号", "环市一路十二号附3"),
        ("五巷6号首层", "五巷6号一楼"),
        ("白沙工业区A栋宿舍301", "白沙工业区A座301房"),
    ],
)
def test_one_room_has_one_key(one, other):
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3栋2单元501", "3栋1单元501"),
        ("丰雅花园3栋501", "东海花园3栋501"),
        ("胜利新村52-3号401", "胜利新村52-4号401"),
        ("环市一路12号之三302", "环市一路12号302"),
        ("五巷6号", "六巷5号"),
        ("丰雅花园3栋501", "丰雅花园3栋502"),
        ("胜利新村一区5号", "胜利新村二区5号"),
        ("丰雅苑南区3栋501", "丰雅苑北区3栋501"),
        ("环市一路12号附1号", "环市一路12号附2号"),
        ("环市一路12号附1号", "环市一路12号"),
        ("五巷6号2楼", "五巷6号3楼"),
        ("五巷6号2楼", "五巷6号"),
        ("三塘镇大广村5组6号", "三塘镇大广村6组6号"),
    ],
)
def test_two_rooms_have_two_keys(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("written", "district"),
    [("柳州市城中区解放路5号", "城中区"), ("河东区六纬路3号", "河东区"), ("浦东新区张杨路5号", "浦东新区")],
)
def test_districts_that_sound_like_quarters_stay_districts(written, district):
    assert parse(written).district == district


def test_rooms_of_two_communities_differ():
    assert key("丰雅花园3栋501") != key("丰雅花园3栋501", "440703002002")


@pytest.mark.parametrize("written", ["", "A栋", "丰雅花园", "广东省江门市", "胜利路", "丰雅花园3栋2楼"])
def test_an_address_without_a_door_has_no_key(written):
    assert key(written) == ""


def test_a_building_without_any_place_needs_at_least_its_community():
    assert key("3栋501", "") == ""
    assert key("3栋501") != ""


def test_the_community_comes_from_the_tree_when_not_given():
    address = parse(
        "白沙街道幸福社区丰雅花园3栋501", Gazetteer({"白沙街道": "440703002000", "幸福社区": HOME})
    )
    assert room_key(address) == room_key(parse("丰雅花园3栋501"), HOME)
