"""Households with believable members."""

import numpy as np
import pytest

from tests.demo_ground import SMALL, TODAY
from wangge.lib.pinyin import initials
from wangge.site.demo.ground import Ground
from wangge.site.demo.households import NUMBER, Households, make_households
from wangge.site.demo.people import People, make_people
from wangge.site.demo.places import make_places

DAY = np.datetime64(TODAY)


@pytest.fixture
def made(ground: Ground) -> tuple[Households, People]:
    rng = np.random.default_rng(3)
    places = make_places(rng, ground, SMALL)
    homes = make_households(rng, places, SMALL.people, 0.62)
    return homes, make_people(rng, homes, DAY)


def test_exactly_as_many_people_as_asked(made: tuple[Households, People]) -> None:
    homes, people = made
    assert len(people.names) == len(homes.age) == SMALL.people


def test_too_many_people_for_the_rooms_are_refused(ground: Ground) -> None:
    rng = np.random.default_rng(3)
    places = make_places(rng, ground, SMALL)
    with pytest.raises(ValueError, match="too many"):
        make_households(rng, places, SMALL.rooms * 4, 0.62)


def test_every_household_has_one_head_and_lives_in_one_room(made: tuple[Households, People]) -> None:
    homes, _ = made
    assert len(homes.heads) == len(homes.room) == len(set(homes.room.tolist()))
    assert (homes.relation[homes.heads] == "02").all()
    sizes = np.bincount(homes.household)
    assert sizes.min() == 1 and sizes.max() == 6


def test_couples_are_of_two_sexes_and_parents_older_than_children(made: tuple[Households, People]) -> None:
    homes, people = made
    head = homes.heads[homes.household]
    spouses = np.flatnonzero(homes.relation == "10")
    assert (homes.male[spouses] != homes.male[head[spouses]]).all()
    children = np.flatnonzero(np.isin(homes.relation, ["20", "30"]))
    assert len(children) and (people.births[children] > people.births[head[children]]).all()
    parents = np.flatnonzero(homes.relation == "50")
    assert len(parents) and (people.births[parents] < people.births[head[parents]]).all()


def test_nobody_is_born_tomorrow_or_confirmed_before_birth(made: tuple[Households, People]) -> None:
    _, people = made
    assert people.births.max() <= DAY
    assert (people.confirmed >= people.births).all() and people.confirmed.max() <= DAY


def test_twins_share_their_birthday(ground: Ground) -> None:
    rng = np.random.default_rng(5)
    places = make_places(rng, ground, SMALL)
    homes = make_households(rng, places, SMALL.people, 0.62)
    homes.kind[homes.kind == NUMBER["family4"]] = NUMBER["twins"]
    people = make_people(rng, homes, DAY)
    second = np.flatnonzero((homes.kind[homes.household] == NUMBER["twins"]) & (homes.position == 3))
    assert len(second) and (people.births[second] == people.births[second - 1]).all()


def test_initials_are_those_the_register_makes(made: tuple[Households, People]) -> None:
    _, people = made
    for name, letters in zip(people.names, people.initials, strict=True):
        assert letters == initials(name)[:20], name


def test_about_62_percent_are_local_and_some_know_no_number(made: tuple[Households, People]) -> None:
    _, people = made
    assert 0.57 < people.local.mean() < 0.66
    assert 0 < (people.ids == "").mean() < 0.06
    assert 0.02 < (people.phones == "").mean() < 0.2
    held = people.phones[people.phones != ""].tolist()
    assert len(set(held)) < len(held)  # families share phones
