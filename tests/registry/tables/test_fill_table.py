"""Rights, reach, masking and the trail of a filling."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from tests.cast import COMMUNITY, DISTRICT, OTHER_GRID, TOWN, auditor, officer, secretary
from tests.registry.ledgers.ledger_cast import a_person, a_room, ago, lives
from tests.registry.tables.blanks import WHO, blank, received
from wangge.foundation.access.models import Reading
from wangge.foundation.access.queries import reach_of
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import within
from wangge.registry.ledgers.actions.export import NoReason
from wangge.registry.people.models import Person
from wangge.registry.tables import actions, rules
from wangge.registry.tables.actions import fill as filling
from wangge.registry.tables.models import Fill, TableRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]
PHONE = "10000004567"


@pytest.fixture
def settled() -> Person:
    """One resident here, one in another town."""
    person = a_person("欧阳一", phone=PHONE, emergency_contact="甲妹 10000009999")
    lives(person, since=ago(400))
    lives(a_person("外人甲"), OTHER_GRID, since=ago(400))
    return person


def _rows(request: TableRequest, actor: object = "cli", **how: object) -> list[list[object]]:
    out = io.BytesIO()
    actions.fill_table(actor=actor, request=request, out=out, **how)  # type: ignore[arg-type]
    sheet = load_workbook(out).worksheets[0]
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)]


def test_numbers_and_phones_are_masked_and_the_file_says_so(settled: Person) -> None:
    request = received(COMMUNITY, blank((*WHO, "紧急联系人")))
    out = io.BytesIO()
    made = actions.fill_table(actor=secretary(), request=request, out=out)
    book = load_workbook(out)
    row = [cell.value for cell in book.worksheets[0][2]]
    assert row[1] == "欧阳一" and row[4] == "100****4567" and str(row[3]).startswith("999****")
    assert row[6] == "甲妹 100****9999"
    assert made.tally.total("masked") == 3
    notes = " ".join(str(cell.value) for line in book["填写说明"] for cell in line)
    assert "遮盖" in notes and PHONE not in notes
    assert settled.id_no not in str(book.worksheets[0].values)


def test_clear_numbers_need_the_right_and_a_reason(settled: Person) -> None:
    request = received(COMMUNITY)
    with pytest.raises(NoReason):
        _rows(request, officer(), unmasked=True)
    with pytest.raises(PermissionDenied):
        _rows(request, secretary(), unmasked=True, reason="发放津贴")
    assert not Fill.objects.exists()
    rows = _rows(request, officer(), unmasked=True, reason="发放津贴")
    assert rows[0][3:5] == [settled.id_no, PHONE]
    assert Entry.objects.get(kind="table.filled").reason == "发放津贴"


def test_who_may_not_export_gets_no_table(settled: Person) -> None:
    with pytest.raises(PermissionDenied):
        _rows(received(COMMUNITY), auditor())


def test_nobody_from_beyond_the_reach_appears(settled: Person) -> None:
    request = received(DISTRICT, blank())
    user = officer(TOWN)
    with within(reach_of(user)):
        # The right is held in the town only, so the district's table is not this officer's to fill.
        with pytest.raises(PermissionDenied):
            _rows(request, user)
        own = received(TOWN, blank())
        assert [row[1] for row in _rows(own, user)] == ["欧阳一"]
    assert len(_rows(request)) == 2


def test_sensitive_facts_are_not_given_whoever_asks(settled: Person) -> None:
    Person.objects.filter(pk=settled.pk).update(facts={"special_class": "7"})
    request = received(COMMUNITY, blank(("姓名", "联系电话", "困难类型")))
    rows = _rows(request, "cli", unmasked=True, reason="核对")
    assert rows[0][2] is None
    assert any("不提供" in note for note in Fill.objects.get().notes)


def test_the_trail_has_counts_and_no_values(settled: Person) -> None:
    request = received(COMMUNITY)
    _rows(request)
    entry = Entry.objects.get(kind="table.filled")
    assert (entry.data["rows"], entry.data["cells_masked"], entry.data["masked"]) == (1, 2, True)
    assert "欧阳" not in str(entry.data) + str(Fill.objects.values()) + str(TableRequest.objects.values())
    assert Reading.objects.get(what="export").subject_id == str(settled.pk)
    request.refresh_from_db()
    assert (request.state, request.rows, request.cells_filled) == ("filled", 1, 4)


def test_a_day_in_the_past_answers_as_of_that_day(settled: Person) -> None:
    lives(a_person("新来甲"), since=ago(190), room=a_room(door="202"))
    assert len(_rows(received(COMMUNITY, as_of=ago(30)))) == 1
    assert len(_rows(received(COMMUNITY))) == 2


def test_too_many_rows_are_refused_and_nothing_is_kept(
    settled: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives(a_person("乙"), since=ago(400))
    monkeypatch.setattr(filling, "MOST_ROWS", 1)
    with pytest.raises(rules.NotFilled):
        _rows(received(COMMUNITY))
    assert not Fill.objects.exists() and not Entry.objects.filter(kind="table.filled").exists()


def test_a_fact_admitted_later_is_filled_from_where_it_is_kept(
    settled: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Person.objects.filter(pk=settled.pk).update(facts={"native_place": "440703"})
    request = received(COMMUNITY, blank(("姓名", "联系电话", "籍贯")))
    assert "江门" in str(_rows(request)[0][2]) or "蓬江" in str(_rows(request)[0][2])


def test_no_text_of_the_register_runs_as_a_formula() -> None:
    lives(a_person("=cmd|' /C calc'!A0", birth=date(1980, 1, 1)), since=ago(400))
    assert _rows(received(COMMUNITY))[0][1] == "'=cmd|' /C calc'!A0"


def test_a_table_of_things_the_register_does_not_know_gets_no_rows(settled: Person) -> None:
    request = received(COMMUNITY, blank(("序号", "犬主姓名", "犬主电话", "犬只品种", "登记编号")))
    assert _rows(request) == []
    assert any("没有填行" in note for note in Fill.objects.get().notes)
