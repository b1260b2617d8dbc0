"""The page of figures: every number opens its rows, the workbook says the same, leaders see numbers only."""

from __future__ import annotations

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from tests import cast
from tests.systems.declarations.verify_cast import PHONE, a_declaration, an_id
from wangge.foundation.journal.models import Entry
from wangge.systems.declarations.actions.verify import verify_declaration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
RATES = "/console/declarations/rates/"


@pytest.fixture
def officer(logged_in):
    return logged_in(cast.officer())


def page(client, address=RATES):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def sheet(client, address, title):
    answer = client.get(address)
    assert answer.status_code == 200
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name(title).to_python()


def test_every_number_opens_as_many_rows(officer):
    for grid in (cast.GRID, cast.COMMUNITY, cast.COMMUNITY):
        a_declaration(area_code=grid)
    verify_declaration(actor="cli", declaration=a_declaration())
    shown = page(officer)
    assert "25.00%" in shown
    links = re.findall(r'<a href="(/console/declarations/rates/[^"]+)">(\d+)</a>', shown)
    assert len(links) == 2 * 5 * 2  # part and whole of five figures, of the sum and of one community
    for address, number in links:
        rows = page(officer, address.replace("&amp;", "&"))
        assert rows.count("<tr><td>") == int(number), address


def test_nothing_is_a_dash_and_an_area_outside_is_not_there(officer):
    assert page(officer).count("—") > 5
    assert officer.get(f"{RATES}?area={cast.OTHER_TOWN}").status_code == 404
    assert officer.get(f"{RATES}verified/half/").status_code == 404
    assert officer.get(f"{RATES}nonsense/part/").status_code == 404


def test_a_leader_sees_numbers_and_opens_no_rows(logged_in):
    a_declaration()
    leader = logged_in(cast.leader())
    shown = page(leader)
    assert "0.00%" in shown and "/rates/verified/" not in shown
    assert leader.get(f"{RATES}verified/whole/").status_code == 403


def test_the_workbook_says_the_same(officer):
    a_declaration()
    verify_declaration(actor="cli", declaration=a_declaration())
    rows = sheet(officer, f"{RATES}export/", "指标")
    assert rows[1][:5] == ["合计", "", "50.00%", 1, 2]
    notes = dict(tuple(row[:2]) for row in sheet(officer, f"{RATES}export/", "说明"))
    assert "÷" in notes["报备核实率"]


def test_the_list_goes_out_masked_and_the_trail_says_so(officer):
    a_declaration("令狐报", id_no=an_id(31), phone=PHONE, stay_address="=虚构花园1栋101")
    rows = sheet(officer, "/console/declarations/export/?view=all", "报备")
    text = str(rows)
    assert "令*报" in text and PHONE not in text and an_id(31) not in text and "101" not in text
    entry = Entry.objects.get(kind="declaration.exported")
    assert entry.data == {"rows": 1, "view": "all", "masked": True}


def test_a_period_is_a_year_at_most_and_in_order(officer):
    shown = page(officer, f"{RATES}?since=2000-01-01&until=2026-01-31")
    assert "2025-01-31 — 2026-01-31" in shown
    assert "2026-01-31 — 2026-01-31" in page(officer, f"{RATES}?since=2026-05-01&until=2026-01-31")
