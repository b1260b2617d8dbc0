"""The standard ledger: versions, who is on them, the blank workbook (S14, S15)."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import COMMUNITY, OTHER_COMMUNITY, TOWN, district_user, secretary, worker
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.models import Area
from wangge.registry.ledgers.actions.standards import (
    Unacceptable,
    adopt_standard,
    ensure_standards,
    next_version,
    publish_standard,
)
from wangge.registry.ledgers.dictionary import facts
from wangge.registry.ledgers.models import Adoption, Standard
from wangge.registry.ledgers.outgoing.versions import V1
from wangge.registry.ledgers.queries.standards import Rate, adoption_report, current_standards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]
Enter = Callable[..., Client]


def _adopt_all(code: str) -> None:
    for standard in current_standards().values():
        adopt_standard(actor="test", standard=standard, community=Area.objects.get(code=code))


def test_the_first_standards_are_there_and_known_to_the_dictionary() -> None:
    assert {s.ledger: s.version for s in Standard.objects.all()} == dict.fromkeys(V1, "1.0")
    assert not [code for columns in V1.values() for code in columns if code not in facts()]
    assert ensure_standards() == 0


def test_a_new_version_names_what_it_adds_and_is_in_the_trail() -> None:
    made = publish_standard(actor="test", ledger="staff", columns=[*V1["staff"], "education"])
    assert made.version == "1.1" and current_standards()["staff"] == made
    assert Entry.objects.get(kind="standard.published").changes == {"added": ["education"], "removed": []}


@pytest.mark.parametrize(
    ("ledger", "columns"),
    [
        ("staff", V1["staff"]),
        ("staff", ["name", "religion", "id_no"]),
        ("staff", ["name", "name", "id_no"]),
        ("staff", ["name", "phone"]),
        ("secret", ["name", "id_no"]),
    ],
)
def test_what_cannot_be_a_standard_is_refused(ledger: str, columns: list[str]) -> None:
    with pytest.raises(Unacceptable):
        publish_standard(actor="test", ledger=ledger, columns=columns)
    assert Standard.objects.count() == len(V1)


def test_versions_count_up() -> None:
    assert [next_version(version) for version in ("", "1.0", "1.9")] == ["1.0", "1.1", "1.10"]


def test_the_rate_is_the_share_of_communities_on_every_current_version() -> None:
    assert str(adoption_report().rate) == "0.0%"
    _adopt_all(COMMUNITY)
    assert str(adoption_report().rate) == "50.0%"
    publish_standard(actor="test", ledger="staff", columns=[*V1["staff"], "education"])
    report = adoption_report()
    assert str(report.rate) == "0.0%" and str(report.by_ledger["resident"]) == "50.0%"
    line = next(one for town in report.towns for one in town.communities if one.area.code == COMMUNITY)
    assert line.missing == ["staff"] and line.versions["staff"] == "1.0"


def test_nothing_divided_by_nothing_is_a_dash() -> None:
    assert str(Rate(0, 0)) == "—" and str(Rate(3, 1)) == "33.3%"


def test_a_version_is_taken_up_once_and_only_by_communities() -> None:
    _adopt_all(COMMUNITY)
    _adopt_all(COMMUNITY)
    assert Adoption.objects.count() == len(V1)
    with pytest.raises(Unacceptable):
        _adopt_all(TOWN)


def test_the_page_names_who_is_not_on_the_standard(logged_in: Enter) -> None:
    _adopt_all(COMMUNITY)
    browser = logged_in(district_user())
    text = browser.get(reverse("ledgers:standards") + "?show=missing").content.decode()
    assert "乙社区" in text and "甲社区" not in text and "50.0%" in text


def test_a_secretary_takes_the_standard_up_for_the_own_community_only(logged_in: Enter) -> None:
    browser = logged_in(secretary(COMMUNITY))
    assert browser.post(reverse("ledgers:adopt", args=[OTHER_COMMUNITY])).status_code == 404
    assert browser.post(reverse("ledgers:adopt", args=[COMMUNITY])).status_code == 302
    assert set(Adoption.objects.values_list("area_code", flat=True)) == {COMMUNITY}
    assert "100.0%" in browser.get(reverse("ledgers:standards")).content.decode()


def test_only_the_district_publishes(logged_in: Enter) -> None:
    address = reverse("ledgers:publish") + "?ledger=staff"
    assert logged_in(secretary()).get(address).status_code == 403
    browser = logged_in(district_user())
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"column": V1["staff"]}).status_code == 422
    assert browser.post(address, {"column": [*V1["staff"], "education"]}).status_code == 302
    assert current_standards()["staff"].version == "1.1"


def test_the_blank_workbook_has_comments_lists_and_a_sample_that_is_nobody(logged_in: Enter) -> None:
    standard = Standard.objects.get(ledger="floating")
    answer = logged_in(worker()).get(
        f"{reverse('ledgers:template')}?ledger=floating&version={standard.version}"
    )
    book = load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[2]]
    assert heads[0] == "姓名*" and len(heads) == len(standard.columns)
    assert all("用途" in cell.comment.text for cell in sheet[2])
    ranges = sheet.data_validations.dataValidation
    assert any("男" in str(one.formula1) for one in ranges)
    assert "示例" in str(sheet.cell(3, 1).value)
    assert book.sheetnames[0] == "流动人口"


def test_the_dictionary_says_why_and_how_long_for_every_fact(logged_in: Enter) -> None:
    text = logged_in(worker()).get(reverse("ledgers:dictionary")).content.decode()
    assert all(fact.name in text and fact.retention.zh in text for fact in facts().values())


def test_the_page_asks_as_often_for_three_communities_as_for_two(logged_in: Enter) -> None:
    browser = logged_in(district_user())

    def asked() -> int:
        browser.get(reverse("ledgers:standards"))
        with CaptureQueriesContext(connection) as caught:
            browser.get(reverse("ledgers:standards"))
        return len(caught)

    before = asked()
    Area.objects.create(code="440703002009", level="community", name="丙社区", parent_id=TOWN)
    _adopt_all("440703002009")
    assert asked() == before
