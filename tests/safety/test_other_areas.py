# ruff: noqa: E501  (tables and long strings of the cases)
"""Another area's rows do not exist: not by id, by form value, by search, by list, by export, by count."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests import cast
from tests.registry.ledgers import ledger_cast as people
from tests.walls.row import Row
from tests.walls.table import ROWS
from wangge.foundation.access.models import Grant, User
from wangge.foundation.territory.models import Area
from wangge.lib.identifiers import make_demo_id
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.ledgers.models import Case
from wangge.registry.people.models import Building, Merge, Person, Tie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
HERE, THERE = cast.COMMUNITY, cast.OTHER_COMMUNITY
NAME, ID, PHONE = "欧阳别处", make_demo_id("999703", date(1977, 7, 7), 7), "10077777777"
NUMBERED = [row for row in ROWS if row.make is not None and not row.everywhere]
OWN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|/\d+(?=/)|[A-Za-z0-9]{64}')  # told by the asker


@pytest.fixture
def outsider() -> Person:
    """Somebody who lives in the other community only."""
    with within(EVERYWHERE):
        made = people.a_person(NAME, id_no=ID, phone=PHONE, initials="oybc", birth=date(1977, 7, 7))
        people.lives(made, cast.OTHER_GRID, room=people.a_room(cast.OTHER_GRID, "909"))
        people.works(made, cast.OTHER_GRID)
        return made


@pytest.fixture
def insider() -> Person:
    """Somebody who lives here."""
    with within(EVERYWHERE):
        made = people.a_person("司马此处", initials="smcc")
        people.lives(made, cast.GRID, room=people.a_room(cast.GRID, "101"))
        return made


@pytest.fixture
def here(logged_in):
    """The browser of the secretary of this community."""
    return logged_in(cast.secretary(HERE))


def made_there(row: Row) -> dict[str, Any]:
    assert row.make is not None
    with within(EVERYWHERE):
        return row.make(THERE)


def ids_of_none(made: dict[str, Any]) -> dict[str, Any]:
    """The same address with keys that no row has."""
    return {key: 987654321 if isinstance(value, int) else value for key, value in made.items()}


@pytest.mark.parametrize("row", NUMBERED, ids=lambda row: f"{row.method}-{row.name}")
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_a_row_of_another_community_looks_like_no_row(row, method, htmx, here):
    made = made_there(row)
    headers = {"HX-Request": "true"} if htmx else {}

    def ask(keys: dict[str, Any]):
        address = reverse(row.name, kwargs=keys) + row.query.format(area=THERE)
        return here.generic(method, address, row.form.format(area=THERE), headers=headers)

    answer, none = ask(made), ask(ids_of_none(made))
    assert answer.status_code in (403, 404, 405)
    if any(isinstance(value, int) for value in made.values()):
        assert answer.status_code == none.status_code
        assert OWN.sub("", answer.content.decode()) == OWN.sub("", none.content.decode())


class TestForms:
    """Keys and codes of other areas as values of forms."""

    def test_nobody_is_registered_as_somebody_elsewhere(self, here, outsider):
        form = {"name": "某人", "area": HERE, "kind": "lives", "source": "30", "answer": outsider.pk}
        answer = here.post(reverse("people:register"), form)
        assert answer.status_code == 404 and NAME not in answer.content.decode()

    @pytest.mark.parametrize("area", [THERE, cast.OTHER_GRID, cast.TOWN, "440703", ""])
    def test_nobody_is_registered_elsewhere(self, here, area):
        form = {"name": "某人", "area": area, "address": "虚构路1号101", "kind": "lives", "source": "30"}
        assert here.post(reverse("people:register"), form).status_code == 200
        assert not Person._base_manager.exists() and not Building._base_manager.exists()

    def test_nobody_is_moved_elsewhere(self, here, insider):
        before = Tie._base_manager.count()
        here.post(reverse("people:move", args=[insider.pk]), {"area": THERE, "on": "2026-01-01"})
        assert Tie._base_manager.count() == before

    @pytest.mark.parametrize("grid", [cast.OTHER_GRID, THERE, HERE, "x" * 400, ""])
    def test_a_building_goes_to_no_grid_elsewhere(self, here, insider, grid):
        building = Building._base_manager.get(community=HERE)
        here.post(reverse("people:assign_grid", args=[building.pk]), {"grid": grid})
        building.refresh_from_db()
        assert building.area_code == cast.GRID

    def test_nobody_is_merged_across_the_border(self, here, insider, outsider):
        for pair in ([insider.pk, outsider.pk], [outsider.pk, insider.pk]):
            for ask in (here.get, here.post):
                answer = ask(reverse("people:merge", args=pair), {"reason": "同一人"})
                assert answer.status_code == 404 and NAME not in answer.content.decode()
        assert not Merge._base_manager.exists()

    def test_a_pair_elsewhere_is_not_settled_with_others(self, here):
        row = next(row for row in ROWS if row.name == "ledgers:settle")
        case = made_there(row)["pk"]
        here.post(reverse("ledgers:settle_many"), {"same": "yes", "case": [case]})
        assert Case._base_manager.get(pk=case).state == "open"

    def test_grids_elsewhere_are_not_merged(self, logged_in):
        admin = logged_in(cast.district_user(cast.TOWN))
        form = {"grids": [cast.GRID, cast.OTHER_GRID], "on": "2026-12-01", "confirm": "1"}
        admin.post(reverse("territory:merge", args=[HERE]), form)
        assert Area._base_manager.filter(level="grid").count() == 2

    @pytest.mark.parametrize("area", [THERE, cast.TOWN, cast.DISTRICT, "4407"])
    def test_no_right_is_given_and_no_account_opened_elsewhere(self, here, area):
        worker = cast.worker(cast.GRID)
        users, grants = User.objects.count(), Grant.objects.count()
        form = {"role": "grid_worker", "area_code": area, "valid_from": "2026-01-01"}
        assert here.post(reverse("access:give_grant", args=[worker.pk]), form).status_code == 422
        new = {"username": "fresh", "name": "新人", "area_code": area}
        assert here.post(reverse("access:new_user"), new).status_code == 422
        here.post(reverse("access:edit_user", args=[worker.pk]), {"name": "王格", "area_code": area})
        assert (users, grants) == (User.objects.count(), Grant.objects.count())
        worker.refresh_from_db()
        assert worker.area_code == cast.GRID


def texts_typed() -> list[str]:
    return [NAME, NAME[:2], "别处", ID, ID.lower(), PHONE, f"+86 {PHONE}", "oybc", "o", "欧"]


class TestFinding:
    """Search, lists, maps, counts, exports."""

    @pytest.mark.parametrize("text", texts_typed())
    def test_nobody_elsewhere_is_found(self, here, insider, outsider, text):
        for address in (reverse("people:search"), reverse("people:choose_other", args=[insider.pk])):
            said = here.post(address, {"q": text}).content.decode()
            assert f"/people/{outsider.pk}/" not in said
            assert said.count(NAME) <= (1 if text == NAME else 0) + said.count(f'value="{NAME}"')

    def test_a_secretary_there_finds_them(self, logged_in, outsider):
        there = logged_in(cast.secretary(THERE))
        for text in (NAME, "别处", ID, PHONE, "oybc"):
            assert (
                f"/people/{outsider.pk}/"
                in there.post(reverse("people:search"), {"q": text}).content.decode()
            )

    def test_a_ledger_does_not_find_them_by_name(self, here, outsider):
        address = reverse("ledgers:ledger", args=["resident"])
        here.post(reverse("ledgers:search", args=["resident"]), {"name": NAME})
        assert f"/people/{outsider.pk}/" not in here.get(address).content.decode()
        assert here.get(reverse("ledgers:count", args=["resident"])).content == b"0"

    @pytest.mark.parametrize(
        "area", [THERE, cast.OTHER_GRID, cast.TOWN, cast.DISTRICT, "440703", "4", "%", "x"]
    )
    def test_no_list_opens_for_another_area(self, here, outsider, area):
        for name in (
            "ledgers:list",
            "territory:map",
            "territory:grids",
            "territory:export",
            "ledgers:upload",
        ):
            assert here.get(reverse(name), {"area": area}).status_code == 404, name
        for name in ("ledgers:ledger", "ledgers:count", "ledgers:export"):
            for method in ("GET", "POST"):
                answer = here.generic(method, f"{reverse(name, args=['resident'])}?area={quote(area)}")
                assert answer.status_code in (404, 405), name
        for name in ("people:list", "people:households", "people:buildings", "people:organisations"):
            said = here.get(reverse(name), {"area": area}).content.decode()
            assert NAME not in said and "示范厂" not in said and "甲栋" not in said, name
        assert here.get(reverse("people:area", args=[area])).status_code == 404

    def test_no_page_of_lists_names_or_counts_them(self, here, outsider):
        with within(EVERYWHERE):
            for number in range(55):
                people.lives(people.a_person(f"诸葛{number}"), cast.OTHER_GRID)
        pages = [
            reverse("home"), reverse("people:list"), reverse("people:households"), reverse("people:buildings"),
            reverse("people:organisations"), reverse("people:contradictions"), reverse("ledgers:list"),
            reverse("ledgers:imports"), reverse("ledgers:adjudications"), reverse("ledgers:standards"),
            reverse("territory:areas"), reverse("territory:map"), reverse("territory:area", args=[HERE]),
            reverse("access:users"), reverse("journal:entries"), reverse("api:areas"),
            *[reverse("ledgers:ledger", args=[code]) for code in ("resident", "floating", "staff")],
        ]  # fmt: skip
        for page in pages:
            said = OWN.sub("", here.get(page).content.decode())
            for word in (NAME, "诸葛", ">56", ">55", "示范厂", "after=", "乙一社区", THERE):
                assert word not in said, (page, word)

    def test_the_lists_are_not_simply_empty(self, logged_in, outsider):
        there = logged_in(cast.secretary(THERE))
        assert NAME in there.get(reverse("people:list")).content.decode()
        assert NAME in there.get(reverse("ledgers:ledger", args=["resident"])).content.decode()

    def test_maps_draw_no_grid_elsewhere(self, here):
        for name in ("territory:grids", "territory:export", "territory:map"):
            assert cast.OTHER_GRID not in here.get(reverse(name)).content.decode()
        for query in ({"parent": THERE}, {"level": "grid"}, {"after": cast.GRID}, {}):
            assert THERE not in here.get(reverse("api:areas"), query).content.decode()

    def test_an_export_holds_nobody_elsewhere(self, here, insider, outsider):
        answer = here.post(reverse("ledgers:export", args=["resident"]), {"form": "csv"})
        said = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert "共 1 行" in said and "欧" not in said and THERE not in said

    def test_of_somebody_with_two_homes_only_the_one_here_shows(self, here, outsider):
        with within(EVERYWHERE):
            people.lives(outsider, cast.GRID, room=people.a_room(cast.GRID, "303"))
        said = here.get(reverse("people:person", args=[outsider.pk])).content.decode()
        assert "303" in said and "909" not in said and "示范厂" not in said and "乙" not in said
