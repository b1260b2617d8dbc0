"""A page offers no link that its reader may not follow: seen with a department's eyes, who sees ledgers,
firms and matters and nobody's own page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.registry.ledgers.changes_cast import a_busy_day, somebody_settled
from tests.registry.ledgers.ledger_cast import a_room
from wangge.foundation.access.enums import Role
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS
from wangge.registry.people.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
LINK = re.compile(r'<a [^>]*href="(/console/[^"#]*)')


@pytest.fixture
def officer(logged_in) -> Client:
    return logged_in(cast.person_with((Role.DEPARTMENT, cast.DISTRICT)))


def pages() -> Iterator[str]:
    """Those on which links stood that answered 403."""
    somebody_settled()
    a_busy_day()
    firm = Organisation.objects.create(
        area_code=cast.GRID, community=cast.COMMUNITY, name="虚构商行", room=a_room()
    )
    yield reverse("people:organisation", args=[firm.pk])
    yield from (reverse("ledgers:ledger", args=[ledger.code]) for ledger in LEDGERS)
    yield reverse("ledgers:behind") + "?what=moved"
    yield reverse("incidents:new")


def test_every_link_on_a_departments_pages_opens(officer: Client) -> None:
    refused = []
    for page in pages():
        answer = officer.get(page)
        assert answer.status_code == 200, page
        links = {html.unescape(link) for link in LINK.findall(answer.content.decode())}
        refused += [(page, link) for link in sorted(links) if officer.get(link).status_code == 403]
    assert refused == []


def test_a_secretary_still_finds_them(logged_in) -> None:
    browser, shown = logged_in(cast.secretary()), ""
    for page in pages():
        shown += browser.get(page).content.decode()
    for route in ("people:person", "people:room"):
        assert reverse(route, args=[1])[:-2] in shown
    assert reverse("ledgers:upload") in shown and reverse("incidents:hotline") in shown
