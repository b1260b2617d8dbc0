"""Ledgers leave the house masked, marked, counted and recorded."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import COMMUNITY, GRID, OTHER_COMMUNITY, OTHER_GRID, officer, secretary, worker
from tests.registry.ledgers.ledger_cast import a_firm, a_person, ago, lives, select, works
from wangge.foundation.access.models import Reading
from wangge.foundation.journal.models import Entry
from wangge.registry.ledgers.actions import export as exporting
from wangge.registry.ledgers.actions.export import Miscounted, NoReason, export_ledger
from wangge.registry.ledgers.outgoing import sheets
from wangge.registry.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]
Enter = Callable[..., Client]
PHONE = "10000004567"


@pytest.fixture
def settled() -> Person:
    """One resident with a phone."""
    person = a_person("欧阳一", phone=PHONE)
    lives(person, since=ago(400))
    return person


def _xlsx(path: Path) -> tuple[str, list[str], list[list[object]], dict[str, str]]:
    book = load_workbook(path)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    notes = {str(head): str(text) for head, text in book["说明"].iter_rows(values_only=True)}
    return str(rows[0][0]), [str(head) for head in rows[1]], rows[2:], notes


def test_an_export_is_masked_marked_and_says_its_number_of_rows(settled: Person, tmp_path: Path) -> None:
    made = export_ledger(actor=secretary(), selection=select(), path=tmp_path / "x.xlsx", area_name="甲社区")
    mark, heads, rows, notes = _xlsx(made.path)
    assert made.rows == 1 == len(rows)
    assert "苏记书" in mark and "共 1 行" in mark
    row = dict(zip(heads, rows[0], strict=True))
    assert row["姓名"] == "欧*一" and row["联系电话"] == "100****4567"
    assert PHONE not in str(rows) and settled.id_no not in str(rows)
    assert notes["行数"].startswith("1 行") and notes["台账"] == "常住人口"
    assert made.name.startswith("常住人口_甲社区_") and "欧" not in made.name


def test_the_watermark_stands_in_header_and_footer(settled: Person, tmp_path: Path) -> None:
    made = export_ledger(actor=secretary(), selection=select(), path=tmp_path / "x.xlsx")
    sheet = load_workbook(made.path).worksheets[0]
    assert "苏记书" in str(sheet.oddHeader.center.text) and "苏记书" in str(sheet.oddFooter.left.text)


def test_every_export_is_in_the_trail_without_anybodys_values(settled: Person, tmp_path: Path) -> None:
    export_ledger(actor=secretary(), selection=select(name="欧"), path=tmp_path / "x.xlsx")
    entry = Entry.objects.get(kind="ledger.exported")
    assert entry.data["rows"] == 1 and entry.data["masked"] is True and entry.data["filters"] == ["name"]
    assert "欧" not in str(entry.data)


def test_clear_values_need_the_right_and_a_reason(settled: Person, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with pytest.raises(NoReason):
        export_ledger(actor=officer(), selection=select(), path=path, unmasked=True)
    with pytest.raises(PermissionDenied):
        export_ledger(actor=secretary(), selection=select(), path=path, unmasked=True, reason="人口核查")
    assert not path.exists() and not Entry.objects.filter(kind="ledger.exported").exists()
    made = export_ledger(actor=officer(), selection=select(), path=path, unmasked=True, reason="人口核查")
    assert PHONE in str(_xlsx(made.path)[2]) and settled.id_no in str(_xlsx(made.path)[2])


def test_whose_data_left_in_clear_can_see_that_it_did(settled: Person, tmp_path: Path) -> None:
    export_ledger(actor=secretary(), selection=select(), path=tmp_path / "x.xlsx")
    assert not Reading.objects.exists()
    export_ledger(
        actor=officer(), selection=select(), path=tmp_path / "y.xlsx", unmasked=True, reason="人口核查"
    )
    reading = Reading.objects.get()
    assert (reading.subject_id, reading.what, reading.reason) == (str(settled.pk), "export", "人口核查")


def test_an_area_outside_the_reach_is_not_exported(tmp_path: Path) -> None:
    with pytest.raises(PermissionDenied):
        export_ledger(
            actor=secretary(COMMUNITY),
            selection=select(area=OTHER_COMMUNITY),
            path=tmp_path / "x.csv",
            form="csv",
        )


def test_csv_carries_a_byte_order_mark_and_all_rows(tmp_path: Path) -> None:
    for number in range(5):
        lives(a_person(f"甲{number}"))
    made = export_ledger(actor="cli", selection=select(), path=tmp_path / "x.csv", form="csv")
    raw = made.path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert "共 5 行" in lines[0][0] and len(lines) == 2 + 5 and made.rows == 5


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_would_run_as_a_formula_is_neutralised(tmp_path: Path, form: str) -> None:
    person = a_person("=HYPERLINK(1)")
    works(person, firm=a_firm(name='=cmd|"/C calc"!A0'))
    made = export_ledger(
        actor="cli",
        selection=select("staff"),
        path=tmp_path / f"x.{form}",
        form=form,
        unmasked=True,
        reason="试验",
    )
    if form == "csv":
        cells = [cell for line in csv.reader(made.path.open(encoding="utf-8-sig")) for cell in line]
    else:
        sheet = load_workbook(made.path).worksheets[0]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "'=HYPERLINK(1)" in cells and not [cell for cell in cells if cell.startswith("=")]


def test_a_file_that_lacks_rows_is_not_handed_out(
    settled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "_rows", lambda *_args: iter(()))
    with pytest.raises(Miscounted):
        export_ledger(actor="cli", selection=select(), path=tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists() and not Entry.objects.filter(kind="ledger.exported").exists()


def test_more_rows_than_a_sheet_holds_go_on_a_further_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "ROWS_PER_SHEET", 2)
    for number in range(5):
        lives(a_person(f"甲{number}"))
    made = export_ledger(actor="cli", selection=select(), path=tmp_path / "x.xlsx")
    book = load_workbook(made.path)
    assert [sheet.max_row - 2 for sheet in book.worksheets[:-1]] == [2, 2, 1] and made.rows == 5


def _export(browser: Client, code: str = "resident", query: str = f"?area={COMMUNITY}", **posted: str):  # type: ignore[no-untyped-def]
    return browser.post(reverse("ledgers:export", args=[code]) + query, {"form": "csv"} | posted)


def test_the_page_hands_the_file_out_and_leaves_nothing_behind(settled: Person, logged_in: Enter) -> None:
    answer = _export(logged_in(secretary()))
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "欧*一" in body and "attachment" in answer.headers["Content-Disposition"]
    assert not list(exporting.export_home().iterdir())


def test_the_export_keeps_the_conditions_of_the_page(logged_in: Enter) -> None:
    lives(a_person("甲男", sex="1"))
    lives(a_person("甲女", sex="2"))
    answer = _export(logged_in(secretary()), query=f"?area={COMMUNITY}&sex=2")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "共 1 行" in body and "女" in body


def test_another_area_is_not_exported_by_address(logged_in: Enter) -> None:
    lives(a_person("乙外"), OTHER_GRID)
    assert _export(logged_in(secretary(COMMUNITY)), query=f"?area={OTHER_COMMUNITY}").status_code == 404
    assert _export(logged_in(worker(GRID)), query=f"?area={GRID}").status_code == 403


def test_clear_values_are_not_given_to_whom_the_form_does_not_offer_them(
    settled: Person, logged_in: Enter
) -> None:
    answer = _export(logged_in(secretary()), unmasked="on", reason="人口核查")
    assert PHONE not in b"".join(answer.streaming_content).decode()
    refused = _export(logged_in(officer()), unmasked="on", reason="")
    assert refused.status_code == 400 and "请写明用途" in refused.content.decode()
