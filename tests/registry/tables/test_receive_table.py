"""A blank is taken in once, sealed, and refused whole when it cannot be filled."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlwt
from django.conf import settings
from msoffcrypto.format.ooxml import OOXMLFile

from tests.cast import COMMUNITY, OTHER_COMMUNITY
from tests.registry.tables.blanks import WHO, blank, drawn, received
from tests.tables.drawing import body, header, one_sheet, saved
from wangge.foundation.journal.models import Entry
from wangge.registry.ledgers.guards import Unreadable
from wangge.registry.tables import actions
from wangge.registry.tables.actions.receive import Asked
from wangge.registry.tables.models import TableRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]


def _kept() -> list[Path]:
    return [path for path in (Path(settings.HOME) / "tables").glob("*") if path.is_file()]


def test_the_same_blank_under_the_same_conditions_is_the_same_request() -> None:
    first, again = received(COMMUNITY), received(COMMUNITY)
    assert first.pk == again.pk and len(_kept()) == 1
    assert received(COMMUNITY, filters=["alone"]).pk != first.pk
    assert received(OTHER_COMMUNITY).pk != first.pk
    assert received(COMMUNITY, asked=Asked(department="民政局")).pk != first.pk
    assert Entry.objects.filter(kind="table.requested").count() == 4


def test_a_request_says_who_asked_and_what_for() -> None:
    made = received(
        COMMUNITY, asked=Asked("民政局", "老龄科", "粤民函〔2026〕1号", "发放津贴", None, "monthly")
    )
    assert (made.department, made.contact, made.purpose, made.frequency) == (
        "民政局",
        "老龄科",
        "发放津贴",
        "monthly",
    )
    assert made.fields == ["id_no", "name", "phone", "residence", "serial", "sex"] and made.unknown == []


def test_a_closed_request_comes_back_when_it_is_asked_for_again() -> None:
    first = actions.close_request(actor="cli", request=received(COMMUNITY))
    assert received(COMMUNITY).pk == first.pk
    assert TableRequest.objects.get(pk=first.pk).state == "ready"


@pytest.mark.parametrize("columns", [
    ("网格", "总户数", "人口数>合计", "人口数>男", "人口数>女", "60岁以上", "流动人口"),
    ("序号", "社区", "常住人口数", "出租屋数", "备注"),
])  # fmt: skip
def test_a_table_that_counts_by_area_is_refused_and_not_filled_with_rooms(columns: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as refused:
        received(COMMUNITY, blank(columns))
    assert refused.value.code == "tally" and "登记表" in refused.value.message
    assert not TableRequest.objects.exists() and _kept() == []


def test_the_blank_is_sealed_on_disk() -> None:
    received(COMMUNITY)
    assert b"PK" not in _kept()[0].read_bytes()[:2]


def test_the_title_names_ledger_and_conditions() -> None:
    made = received(COMMUNITY, blank(WHO, heading="80岁以上独居老人登记表"))
    assert (made.title, made.ledger, made.filters) == (
        "80岁以上独居老人登记表",
        "resident",
        ["age:80-", "alone"],
    )
    assert received(COMMUNITY, blank(WHO, heading="流动人口花名册")).ledger == "floating"
    assert received(COMMUNITY, blank(WHO, heading="就业情况登记表")).filters == []


def _xls() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "姓名")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _locked() -> bytes:
    out = io.BytesIO()
    OOXMLFile(blank()).encrypt("geheim", out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"", "empty"),
        (lambda: b"%PDF-1.7", "wrong_type"),
        (_xls, "wrong_type"),
        (lambda: "姓名,电话\n".encode(), "wrong_type"),
        (_locked, "encrypted"),
        (lambda: blank().getvalue()[:2000], "corrupt"),
        (lambda: saved(drawn(("甲", "乙", "丙"))), "no_table"),
    ],
    ids=["empty", "pdf", "xls", "csv", "password", "damaged", "no header"],
)
def test_what_cannot_be_filled_leaves_nothing_behind(content, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Unreadable) as refused:
        received(COMMUNITY, io.BytesIO(content()), name="坏表.xlsx")
    assert (
        refused.value.code == code and "坏表.xlsx" in refused.value.message and "请" in refused.value.message
    )
    assert (
        _kept() == []
        and not TableRequest.objects.exists()
        and not Entry.objects.filter(kind="table.requested")
    )


def test_the_same_table_on_many_sheets_is_filled_once() -> None:
    book, sheet = one_sheet("表1")
    for number in range(2, 101):
        book.create_sheet(f"表{number}")
    for sheet in book.worksheets:
        header(sheet, 1, WHO)
        body(sheet, 2, 1, len(WHO))
    made = received(COMMUNITY, io.BytesIO(saved(book)))
    assert [sheet["name"] for sheet in made.sheets if not sheet["skipped"]] == ["表1"]
    assert made.columns == len(WHO) and "看不出各填哪个社区" in made.sheets[1]["skipped"]


def test_too_many_sheets_are_refused() -> None:
    book, _sheet = one_sheet("表1")
    for number in range(160):
        book.create_sheet(f"{number}")
    with pytest.raises(Unreadable) as refused:
        received(COMMUNITY, io.BytesIO(saved(book)))
    assert refused.value.code == "too_many_sheets" and "161" in refused.value.message
