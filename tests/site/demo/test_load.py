"""The demo district in the register: exact, consistent, once."""

import pytest
from django.db.models import Count, F

from tests.demo_ground import COMMUNITY, SMALL, TODAY
from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import Grant, User
from wangge.foundation.journal.models import Entry
from wangge.lib.addresses import door_key, parse
from wangge.lib.sealing import blind, unseal
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS
from wangge.registry.people.models import (
    Building,
    Contradiction,
    Discrepancy,
    Household,
    Merge,
    Organisation,
    Person,
    Room,
    Tie,
)
from wangge.site.demo.load import NoGround, load
from wangge.site.demo.pending import TWINS
from wangge.site.demo.users import LOGINS, PASSWORD, logins
from wangge.systems.fieldwork.models import Visit

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture
def loaded(areas: None) -> dict[str, int]:
    return load(SMALL, seed=1, today=TODAY).counts


def test_rows_add_up(loaded: dict[str, int]) -> None:
    assert Person.objects.exclude(status="merged").count() == SMALL.people + TWINS
    assert Room.objects.count() == SMALL.rooms
    assert Building.objects.count() == SMALL.buildings
    assert Organisation.objects.filter(category="self").count() == SMALL.self_employed
    assert loaded["ties"] <= Tie.objects.count()
    assert not Person.objects.filter(demo=False).exists()


def test_people_are_found_by_their_number(loaded: dict[str, int]) -> None:
    for person in Person.objects.exclude(id_sealed="")[:20]:
        number = unseal(person.id_sealed)
        assert number.startswith(("999703", "H999", "M999", "ZZ999", "999"))
        assert person.id_index == blind(number)
        assert person.phone_index == blind(person.phone)


def test_ties_stand_in_the_grid_of_their_room(loaded: dict[str, int]) -> None:
    assert not Tie.objects.filter(room__isnull=False).exclude(area_code=F("room__area_code")).exists()
    assert not Room.objects.exclude(area_code=F("building__area_code")).exists()
    kinds = set(Tie.objects.values_list("kind", flat=True))
    assert kinds == {"lives", "hukou", "owns", "rents", "works", "cares"}


def test_everybody_has_a_tie_and_lives_in_one_place(loaded: dict[str, int]) -> None:
    people = Person.objects.exclude(status="merged")
    assert not people.filter(ties=None).exists()
    lives = Tie.objects.filter(kind="lives", known_to=None, valid_to=None)
    lives = lives.exclude(person__in=Discrepancy.objects.values("person"))  # made wrong on purpose
    assert not lives.values("person").annotate(n=Count("id")).filter(n__gt=1).exists()
    assert not lives.filter(person__status__in=["left", "dead"]).exists()
    assert people.filter(status="left").exists()


def test_households_have_heads_who_live_there(loaded: dict[str, int]) -> None:
    assert not Household.objects.filter(head=None).exists()
    tie = (
        Tie.objects.filter(kind="lives", relation="02", person__status="active")
        .select_related("household")
        .first()
    )
    assert tie and tie.household.head_id == tie.person_id and tie.household.room_id == tie.room_id


def test_keys_are_those_the_importer_makes_of_the_address(loaded: dict[str, int]) -> None:
    for room in Room.objects.select_related("building").order_by("?")[:200]:
        door = door_key(parse(room.building.address + room.label))
        assert door and (door.building, door.room) == (room.building.key, room.key)


def test_there_are_open_matters(loaded: dict[str, int]) -> None:
    assert Contradiction.objects.filter(state="open").count() == 12
    assert Merge.objects.filter(undone_at=None).count() == 2
    rules = set(Discrepancy.objects.filter(state="open").values_list("rule", flat=True))
    assert {"birth_not_of_id", "sex_not_of_id", "lives_in_two_rooms", "gone_but_tied"} <= rules


def test_one_login_per_role_with_the_printed_password(loaded: dict[str, int]) -> None:
    assert {login.role for login in LOGINS} == set(Role)
    assert Grant.objects.get(user__username="shuji").area_code == COMMUNITY
    assert [row["username"] for row in logins()] == [login.username for login in LOGINS]
    assert User.objects.get(username="shuji").check_password(PASSWORD)
    assert not User.objects.get(username="shuji").must_change_password


def test_the_trail_says_so_once(loaded: dict[str, int]) -> None:
    assert Entry.objects.filter(kind="demo.loaded").count() == 1


def test_a_second_load_changes_nothing(loaded: dict[str, int]) -> None:
    again = load(SMALL, seed=9, today=TODAY)
    assert not again.new and again.counts["people"] == SMALL.people + TWINS + 2  # two were merged into others
    assert Entry.objects.filter(kind="demo.loaded").count() == 1


def test_without_grids_nothing_is_written(everywhere: None) -> None:
    from wangge.foundation.territory.models import Area, GridShape

    GridShape.objects.all().delete()
    Area.objects.filter(level="grid").delete()
    with pytest.raises(NoGround):
        load(SMALL, today=TODAY)
    assert not Building.objects.exists()


def test_every_demo_visit_names_ledgers_that_there_are(loaded: dict[str, int]) -> None:
    named = {code for codes in Visit._base_manager.values_list("ledgers", flat=True) for code in codes}
    assert named and named <= {ledger.code for ledger in LEDGERS}
