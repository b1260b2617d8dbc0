"""One code a place; renewed and revoked ones lead nowhere, scanned or typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_GRID, TOWN
from tests.systems.declarations.intake import a_code, token_of
from wangge.foundation.journal.models import Entry
from wangge.lib.addresses import parse
from wangge.lib.scoping import Reach, within
from wangge.registry.people.actions import find_or_register_organisation, find_or_register_room
from wangge.registry.people.models import Building, Organisation, Room
from wangge.registry.people.rules import Declined
from wangge.systems.declarations.actions.codes import make_code, make_codes, renew_code, revoke_code
from wangge.systems.declarations.enums import Scope
from wangge.systems.declarations.models import ReportCode
from wangge.systems.declarations.queries.codes import NoSuchCode, read_code
from wangge.systems.declarations.queries.codes_places import coded, rates

pytestmark = pytest.mark.usefixtures("ground", "everywhere")


@pytest.fixture
def places() -> None:
    """A building with a rented room, and a firm in it."""
    for door in ("101", "102"):
        room = find_or_register_room(
            actor="cli", community=COMMUNITY, address=parse(f"虚构花园1栋{door}"), area=GRID
        )
    assert room is not None
    Room.objects.filter(pk=room.pk).update(state="rented")
    find_or_register_organisation(
        actor="cli", community=COMMUNITY, name="虚构小店", room=room, category="self"
    )


def made(scope: str, area: str = DISTRICT) -> int:
    return make_codes(actor="cli", scope=scope, area_code=area)


def leads_nowhere(text: str) -> bool:
    try:
        read_code(text)
    except NoSuchCode:
        return True
    return False


@pytest.mark.parametrize(
    ("scope", "count"), [("community", 2), ("grid", 2), ("building", 1), ("rental", 1), ("firm", 1)]
)
def test_every_place_gets_one_and_the_second_time_none(places: None, scope: str, count: int) -> None:
    assert [made(scope), made(scope)] == [count, 0]
    assert ReportCode.objects.filter(scope=scope).count() == count


def test_only_places_of_the_area_get_one(places: None) -> None:
    assert made("grid", TOWN) == 1
    assert ReportCode.objects.get().area_code == GRID


def test_codes_hang_on_what_they_name(places: None) -> None:
    for scope in ("building", "rental", "firm"):
        made(scope)
    building, room, firm = ReportCode.objects.order_by("pk")
    assert (building.building, building.label) == (Building.objects.get(), "虚构花园1栋")
    assert (room.room, room.label) == (Room.objects.get(state="rented"), "虚构花园1栋102")
    assert (firm.organisation, firm.label) == (Organisation.objects.get(), "虚构小店")


def test_of_what_the_register_keeps_no_list_one_is_made_by_name() -> None:
    with pytest.raises(Declined, match="没有"):
        made("checkpoint")
    how: dict[str, Any] = {"actor": "cli", "scope": "checkpoint", "area_code": COMMUNITY, "label": "东门卡口"}
    assert make_code(**how) == make_code(**how)
    assert ReportCode.objects.get().label == "东门卡口"


def test_a_number_given_before_leaves_no_place_without(places: None, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter(["1234567897", "1234567897", "1234567905"])
    monkeypatch.setattr("wangge.systems.declarations.actions.codes.new_code_number", lambda: next(numbers))
    assert made("grid") == 2


def test_a_scanned_token_an_address_and_a_typed_number_lead_to_the_code() -> None:
    code = a_code()
    token = token_of(code)
    typed = f"{code.number[:3]} {code.number[3:6]}-{code.number[6:]}"
    for text in (
        token,
        token.lower(),
        f"HTTPS://EXAMPLE.CN/C/{token}",
        code.number,
        typed,
        f" {code.number} ",
    ):
        assert read_code(text) == code


def test_a_renewed_code_leaves_the_old_poster_void() -> None:
    code = a_code()
    old_token, old_number = token_of(code), code.number
    new = renew_code(actor="cli", code=code)
    assert leads_nowhere(old_token) and leads_nowhere(old_number)
    assert read_code(token_of(new)) == read_code(new.number) == code
    assert new.round == 2


def test_a_revoked_code_leads_nowhere_and_its_place_can_have_another(places: None) -> None:
    made("building")
    code = revoke_code(actor="cli", code=ReportCode.objects.get(), why="被撕毁，电话10012345678")
    assert leads_nowhere(code.number) and leads_nowhere(token_of(code))
    assert "10012345678" not in code.revoked_why + Entry.objects.get(kind="code.revoked").reason
    assert made("building") == 1
    with pytest.raises(Declined, match="停用"):
        renew_code(actor="cli", code=code)
    with pytest.raises(Declined, match="原因"):
        revoke_code(actor="cli", code=code, why=" ")


def test_the_last_day_counts_and_an_ended_code_is_renewed_by_making() -> None:
    day = timezone.localdate()
    last = a_code(valid_to=day)
    assert read_code(last.number) == last
    ended = a_code(scope="entrance", label="西口", valid_to=day - timedelta(days=1))
    again = make_code(actor="cli", scope="entrance", area_code=GRID, label="西口")
    assert (again.pk, again.round) == (ended.pk, 2)
    assert read_code(again.number) == ended


def test_the_rate_is_places_with_a_live_code_of_all_places(places: None) -> None:
    made("grid", TOWN)
    made("building")
    ReportCode.objects.filter(scope="building").update(valid_to=timezone.localdate() - timedelta(days=1))
    told = {rate.scope: (rate.coded, rate.places, rate.share) for rate in rates()}
    assert told[Scope.GRID] == (1, 2, "50.0\u00a0%")
    assert told[Scope.BUILDING] == (0, 1, "0.0\u00a0%")
    with within(Reach((OTHER_GRID,))):
        told = {rate.scope: (rate.coded, rate.places, rate.share) for rate in rates()}
    assert told[Scope.GRID] == (0, 1, "0.0\u00a0%")
    assert told[Scope.BUILDING] == (0, 0, "—")


def test_every_number_of_the_rate_has_its_rows(places: None) -> None:
    made("grid", TOWN)
    assert [place.code for place in coded("grid")] == [GRID]
    assert [place.code for place in coded("grid", having=False)] == [OTHER_GRID]


def test_one_place_of_the_list_gets_its_code(places: None, logged_in: Callable[..., Client]) -> None:
    browser, room = logged_in(cast.secretary()), Room.objects.get(state="rented")
    form = {"area": COMMUNITY, "scope": "rental", "place": room.pk}
    assert browser.post("/console/declarations/codes/make/", form).status_code == 302
    assert ReportCode.objects.get().room == room
    other = form | {"scope": "grid", "place": OTHER_GRID}
    assert browser.post("/console/declarations/codes/make/", other).status_code == 404
