"""A file that is no ledger is refused, saying which file and what to do, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledgers.bad import BAD
from tests.ledgers.build import BOOKS
from wangge.registry.ledgers.guards import Limits, Unreadable
from wangge.registry.ledgers.reading import open_ledger


def _read_all(path: Path, limits: Limits = Limits()) -> None:  # noqa: B008 — frozen
    for sheet in open_ledger(path, "名单.xlsx", limits=limits).sheets:
        for _chunk in sheet.chunks():
            pass


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused(name: str, tmp_path: Path) -> None:
    build, code = BAD[name]
    path = build(tmp_path)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(Unreadable) as refusal:
        _read_all(path)

    assert refusal.value.code == code
    assert "名单.xlsx" in refusal.value.message
    assert refusal.value.message.endswith("。")
    assert sorted(tmp_path.iterdir()) == before


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refusal:
        open_ledger(tmp_path / "没有.xlsx")
    assert refusal.value.code == "missing"


@pytest.mark.parametrize(("limits", "code"), [
    (Limits(file_bytes=100), "too_big"), (Limits(unpacked_bytes=1000), "zip_bomb"),
    (Limits(rows=10), "too_many_rows"), (Limits(columns=5), "too_many_columns"),
])  # fmt: skip
def test_limits_are_kept(limits: Limits, code: str, tmp_path: Path) -> None:
    path = BOOKS["plain_residents"][0](tmp_path)
    with pytest.raises(Unreadable) as refusal:
        _read_all(path, limits)
    assert refusal.value.code == code
    _read_all(path)


def test_a_long_text_file_is_refused_at_its_limit(tmp_path: Path) -> None:
    path = BOOKS["gb18030_csv"][0](tmp_path)
    with pytest.raises(Unreadable) as refusal:
        _read_all(path, Limits(rows=10))
    assert refusal.value.code == "too_many_rows"


def test_macros_are_ignored_and_said_so(tmp_path: Path) -> None:
    ledger = open_ledger(BOOKS["macro_workbook"][0](tmp_path))
    assert any("宏不会运行" in note for note in ledger.notes)


def test_formatted_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "格式.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "电话"])
        sheet.write_row(1, 0, ["赵试甲", "10000000001"])
        grey = workbook.add_format({"bg_color": "#eeeeee"})
        sheet.write_blank(1, 16_000, None, grey)
        sheet.write_blank(1_000_000, 1, None, grey)

    [sheet] = open_ledger(path).sheets
    assert sheet.columns == ["姓名", "电话"]
    assert sum(len(chunk) for chunk in sheet.chunks()) == 1
