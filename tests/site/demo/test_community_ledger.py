"""The secretary's workbook for the tour."""

from pathlib import Path

import openpyxl
import pytest

from tests.demo_ground import COMMUNITY, SMALL, TODAY
from wangge.registry.people.models import Person
from wangge.site.demo.ground import Size
from wangge.site.demo.load import load
from wangge.site.demo.workbook import community_ledger, write_messy

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture
def summary(tmp_path: Path) -> dict[str, int]:
    load(SMALL, today=TODAY)
    return community_ledger(COMMUNITY, tmp_path / "ledger.xlsx", rows=200, seed=3, mess=True)


def test_it_has_a_title_two_header_rows_and_a_total(summary: dict[str, int], tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(tmp_path / "ledger.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert "丰雅社区" in rows[0][0]
    assert rows[2][1] == "人员基本情况" and rows[3][1] == "姓名*"
    assert rows[-1][:2] == ("合计", "200人")
    assert any(merged.min_col == merged.max_col == 9 for merged in sheet.merged_cells.ranges)


def test_a_tenth_is_known_already_and_the_rest_is_new(summary: dict[str, int], tmp_path: Path) -> None:
    assert summary["rows"] == 200 and summary["known"] == 20 and summary["errors"] > 5
    sheet = openpyxl.load_workbook(tmp_path / "ledger.xlsx").worksheets[0]
    names = [
        str(row[1]).replace("　", "").strip()
        for row in sheet.iter_rows(min_row=5, max_row=24, values_only=True)
    ]
    assert all(Person.objects.filter(name=name).exists() for name in names)


def test_a_tidier_one_has_no_hidden_sheet(tmp_path: Path) -> None:
    load(SMALL, today=TODAY)
    community_ledger(COMMUNITY, tmp_path / "ledger.xlsx", rows=50, seed=3)
    assert len(openpyxl.load_workbook(tmp_path / "ledger.xlsx").worksheets) == 1


def test_the_long_one_has_every_row(tmp_path: Path) -> None:
    assert write_messy(tmp_path / "long.xlsx", 300, seed=2) == 300
    sheet = openpyxl.load_workbook(tmp_path / "long.xlsx").worksheets[0]
    assert sheet.max_row == 302


def test_a_small_community_still_has_known_people_in_its_ledger(tmp_path: Path) -> None:
    load(Size(buildings=60, rooms=180, people=300, firms=4, self_employed=9), today=TODAY)
    made = community_ledger(COMMUNITY, tmp_path / "ledger.xlsx", rows=100, seed=3)
    assert made["known"] == 10
