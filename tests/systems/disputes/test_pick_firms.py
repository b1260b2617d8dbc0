"""A party that is a firm is picked from the registered organisations, as a person is from the register."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import cast
from tests.systems.disputes.dispute_cast import ONE
from tests.systems.disputes.test_pages import sent
from wangge.engines.cases.models import Case
from wangge.lib.identifiers import make_demo_uscc
from wangge.lib.sealing import seal as sealed
from wangge.registry.people.models import Organisation
from wangge.systems.disputes.actions.parties import stamp
from wangge.systems.disputes.models import Party
from wangge.systems.disputes.queries.parties import told_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(logged_in):
    return logged_in(cast.secretary())


def a_firm(grid: str = cast.GRID) -> Organisation:
    return Organisation.objects.create(
        area_code=grid, community=grid[:12], name="虚构物业公司", uscc=make_demo_uscc("999703", 7),
        address="虚构路 9 号", phone_sealed=sealed("10055556666"),
    )  # fmt: skip


def test_a_registered_firm_is_looked_up_chosen_and_filled_in(desk):
    firm = a_firm()
    typed = sent(**{"p1-name": "", "p1-find": "虚构物业"})
    page = desk.post(reverse("disputes:new"), typed | {"do": "find-1"}).content.decode()
    assert f'value="firm-1-{firm.pk}"' in page and firm.uscc in page and "10055556666" not in page
    page = desk.post(reverse("disputes:new"), typed | {"do": f"firm-1-{firm.pk}"}).content.decode()
    assert "已选 虚构物业公司" in page and '<option value="firm" selected>' in page
    desk.post(reverse("disputes:new"), typed | {"p1-firm": str(firm.pk), "p1-who": "firm"})
    row, told = Party.objects.get(number=2), told_of(Case.objects.get())[1]
    assert (row.organisation, row.person, told.who) == (firm, None, "firm")
    assert (told.name, told.id_no, told.phone, told.address) == (
        firm.name, firm.uscc, "10055556666", firm.address,
    )  # fmt: skip
    address = reverse("disputes:parties", args=[row.case.number])
    again = {"do": "save", "seen": stamp(row.case), "parties": "2",
             "p0-number": "1", "p0-side": "applicant", "p0-who": "person", "p0-name": ONE,
             "p1-number": "2", "p1-side": "respondent", "p1-who": "firm", "p1-name": told.name,
             "p1-firm": str(firm.pk), "p1-phone": "10077778888"}  # fmt: skip
    assert desk.post(address, again).status_code == 302
    row.refresh_from_db()
    assert (row.organisation, row.clear("phone"), row.clear("id")) == (firm, "10077778888", firm.uscc)


def test_a_firm_elsewhere_is_neither_found_nor_linked(desk):
    firm = a_firm(cast.OTHER_GRID)
    page = desk.post(
        reverse("disputes:new"), sent(**{"p1-find": "虚构物业", "do": "find-1"})
    ).content.decode()
    assert "辖区里没有找到" in page
    desk.post(reverse("disputes:new"), sent(**{"p1-firm": str(firm.pk), "p1-who": "firm"}))
    assert Party.objects.get(number=2).organisation is None
