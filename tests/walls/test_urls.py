"""Every address of the product stands in the table, and its door holds.

Logged out: to the login page. Without the right: 403. Another area's row: 404. With the right: an
answer. An address missing from the table fails ``test_every_address_stands_in_the_table``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import cast
from tests.walls.row import Row
from tests.walls.table import OPEN, OWN, ROWS, SIGNED_IN, WITH_FACTOR
from wangge.foundation.access.enums import ADMINS, MAY, Role
from wangge.foundation.access.models import User
from wangge.lib.scoping import EVERYWHERE, within

ANSWERS = (200, 204, 302, 422)


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The names of all addresses, "space:name"; a nameless one by its pattern."""
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from names(found, inner)
        elif isinstance(found, URLPattern):
            yield f"{space}{found.name or found.pattern}"


def all_names() -> set[str]:
    return set(names(get_resolver()))


def holder(right: str, area: str) -> User:
    """Somebody with the right in the area, by a role of the field where there is one."""
    roles = [role for role in Role if right in MAY[role]]
    return cast.person_with(((sorted(roles, key=lambda role: role in ADMINS))[0], area))


def ask(client: Client, row: Row, area: str = cast.COMMUNITY):
    with within(EVERYWHERE):
        made = row.make(area) if row.make else {}
    address = reverse(row.name, kwargs=made) + row.query.format(area=area)
    kind = "application/x-www-form-urlencoded"
    return client.generic(row.method, address, row.form.format(area=area), content_type=kind)


def present(rows: list[Row]) -> list[Row]:
    """Rows whose address exists; the others fail ``test_no_row_of_the_table_is_idle``."""
    known = all_names()
    return [row for row in rows if row.name in known]


def by_name(row: Row) -> str:
    return f"{row.method}-{row.name}"


def test_every_address_stands_in_the_table():
    listed = {row.name for row in ROWS} | OPEN | OWN | SIGNED_IN
    assert sorted(all_names() - listed) == []


def test_no_row_of_the_table_is_idle():
    listed = {row.name for row in ROWS} | OPEN | OWN | SIGNED_IN
    assert sorted(listed - all_names()) == []


@pytest.mark.parametrize("row", present(ROWS), ids=by_name)
@pytest.mark.django_db
class TestDoor:
    @pytest.fixture(autouse=True)
    def _stand(self, ground):
        pass

    def test_logged_out_leads_to_the_login_page(self, row):
        answer = ask(Client(), row)
        assert answer.status_code == row.stranger
        assert row.stranger != 302 or answer.url.startswith(reverse("account_login"))

    def test_without_the_right_is_refused(self, row, logged_in):
        for user in (cast.nobody(), *_wrong(row)):
            assert ask(logged_in(user), row).status_code == 403

    def test_with_the_right_answers(self, row, logged_in):
        assert ask(logged_in(holder(row.right, cast.TOWN)), row).status_code in row.answers

    def test_another_areas_row_does_not_exist(self, row, logged_in):
        if not row.placed:
            pytest.skip("no row behind this address")
        assert ask(logged_in(holder(row.right, cast.OTHER_TOWN)), row).status_code == 404


def _wrong(row: Row) -> list[User]:
    """Somebody of the same area whose role lacks the right."""
    for role in (Role.LEADER, Role.AUDITOR, Role.SECURITY_ADMIN):
        if not {row.right, *row.rights_too} & MAY[role]:
            return [cast.person_with((role, cast.TOWN))]
    return []


@pytest.mark.parametrize("name", sorted(SIGNED_IN & all_names()))
@pytest.mark.django_db
def test_a_page_for_everybody_signed_in(name, logged_in):
    address = reverse(name)
    answer = Client().get(address)
    assert answer.status_code == 302 and answer.url.startswith((reverse("account_login"), "/console/"))
    expected = 404 if name in WITH_FACTOR else 200
    assert logged_in(cast.nobody()).get(address, follow=True).status_code == expected
