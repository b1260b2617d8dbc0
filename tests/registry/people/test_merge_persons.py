"""Merging moves every link there is; un-merging gives back what was, whatever the graph."""

from datetime import date
from itertools import count

import pytest
from django.db import models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registry.people.people_cast import COMMUNITY, GRID, PHONE, demo_id
from tests.registry.register_state import state_of_register
from wangge.registry.people.actions import links, merge_persons, move_person, unmerge_persons, update_person
from wangge.registry.people.actions import merge_persons as verb
from wangge.registry.people.actions.values import put
from wangge.registry.people.models import (
    Building,
    Contradiction,
    Household,
    Merge,
    Organisation,
    Person,
    Room,
    Tie,
)  # fmt: skip
from wangge.registry.people.rules import Declined

_serial = count(1)


facts = st.fixed_dictionaries(
    {},
    optional={
        "former_name": st.sampled_from(["旧名甲", "旧名乙"]),
        "sex": st.sampled_from("12"),
        "birth": st.dates(date(1950, 1, 1), date(2010, 1, 1)),
        "phone": st.sampled_from([PHONE, "10000000002"]),
        "phone2": st.sampled_from([PHONE, "10000000003"]),
        "hukou_address": st.text("甲乙丙路号", min_size=1, max_size=8),
        "pets": st.sampled_from(["犬", "猫"]),
        "language_dialect": st.sampled_from(["粤语", "客家话"]),
    },
)
tie = st.tuples(
    st.sampled_from(["lives", "hukou", "owns", "works", "cares"]), st.integers(0, 2), st.sampled_from([0, 1]),
    st.booleans(),
)  # fmt: skip


@st.composite
def graphs(draw):
    return {
        "facts": [draw(facts), draw(facts)],
        "ids": draw(st.sampled_from(["none", "keep", "absorb"])),
        "sources": draw(st.lists(st.sampled_from([10, 30, 60]), min_size=2, max_size=2)),
        "ties": draw(st.lists(tie, max_size=8)),
        "heads": draw(st.lists(st.integers(0, 1), max_size=3)),
        "contradictions": draw(st.lists(st.integers(0, 1), max_size=3)),
    }


def build(graph) -> tuple[Person, Person]:
    building = Building.objects.create(
        area_code=GRID, community=COMMUNITY, key=f"栋{next(_serial)}", name="栋"
    )
    rooms = [Room.objects.create(area_code=GRID, building=building, key=f"{n}") for n in range(3)]
    firm = Organisation.objects.create(area_code=GRID, community=COMMUNITY, name=f"虚构商行{next(_serial)}")
    people = []
    for which, known in enumerate(graph["facts"]):
        person = Person(source=graph["sources"][which], confirmed_at=date(2026, 1, 1))
        number = demo_id(next(_serial) % 900 + 1) if graph["ids"] == ("keep", "absorb")[which] else ""
        for name, value in {"name": "甲一", "id_no": number, **known}.items():
            put(person, name, value)
        person.save()
        people.append(person)
    now = timezone.now()
    for kind, target, whose, believed in graph["ties"]:
        goal = {"works": {"organisation": firm}, "cares": {"other": people[1 - whose]}}
        Tie.objects.create(
            person=people[whose], kind=kind, area_code=GRID, known_from=now,
            known_to=None if believed else now, **goal.get(kind, {"room": rooms[target]}),
        )  # fmt: skip
    for whose in graph["heads"]:
        Household.objects.create(area_code=GRID, room=rooms[0], head=people[whose])
    for whose in graph["contradictions"]:
        Contradiction.objects.create(
            person=people[whose], area_code=GRID, field="phone", held_source=10, offered_source=10
        )
    return people[0], people[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs())
def test_unmerging_a_merge_gives_back_every_row_and_link(db, everywhere, graph):
    with transaction.atomic():
        keep, absorb = build(graph)
        before = state_of_register()
        merge = merge_persons(actor="cli", keep=keep, absorb=absorb)
        for name, (model, field) in links().items():
            if name not in verb_module().HISTORY:
                assert not model._base_manager.filter(**{field: absorb}).exists(), name
        unmerge_persons(actor="cli", merge=merge)
        assert state_of_register() == before
        transaction.set_rollback(True)


def verb_module():
    import sys

    return sys.modules[verb.__module__]


def test_every_foreign_key_to_a_person_is_either_moved_or_named_as_history():
    """Asked of the model registry itself, not of the function under test."""
    related = {
        f"{r.field.model._meta.label_lower}.{r.field.name}"
        for r in Person._meta.get_fields(include_hidden=True)
        if (r.one_to_many or r.one_to_one) and r.auto_created
    }
    assert related == set(links())
    assert {"people.tie.person", "people.tie.other", "people.household.head"} <= related
    assert set(verb_module().HISTORY) <= related


@pytest.fixture
def newcomer():
    """A table of a third party's app that points at a person; it knows nothing of merging."""
    from django.apps import apps
    from django.db import connection

    class Guest(models.Model):
        person = models.OneToOneField(Person, models.CASCADE)

        class Meta:
            app_label = "people"

    with connection.schema_editor() as editor:
        editor.create_model(Guest)
    yield Guest
    with connection.schema_editor() as editor:
        editor.delete_model(Guest)
    del apps.all_models["people"]["guest"]
    apps.clear_cache()


@pytest.mark.django_db(transaction=True)
def test_a_new_table_with_a_link_is_moved_and_a_colliding_row_stays(newcomer, everywhere):
    keep, absorb = build({"facts": [{}, {}], "ids": "none", "sources": [10, 10], "ties": [], "heads": [],
                          "contradictions": []})  # fmt: skip
    row = newcomer.objects.create(person=absorb)
    merge = merge_persons(actor="cli", keep=keep, absorb=absorb)
    row.refresh_from_db()
    assert row.person == keep
    unmerge_persons(actor="cli", merge=merge)
    row.refresh_from_db()
    assert row.person == absorb
    newcomer.objects.create(person=keep)
    merge = merge_persons(actor="cli", keep=keep, absorb=absorb)
    row.refresh_from_db()
    assert row.person == absorb
    assert "people.guest.person" not in merge.moved


def test_two_different_numbers_are_never_merged(enrol):
    one, two = enrol(id_no=demo_id(3)), enrol(id_no=demo_id(5))
    with pytest.raises(Declined) as declined:
        merge_persons(actor="cli", keep=one, absorb=two)
    assert declined.value.code == "two_ids"
    assert Merge.objects.count() == 0


def test_the_number_of_the_absorbed_row_goes_to_the_kept_one(enrol, other_room):
    keep, absorb = enrol(), enrol(id_no=demo_id(3), room=other_room)
    merge_persons(actor="cli", keep=keep, absorb=absorb)
    keep.refresh_from_db()
    absorb.refresh_from_db()
    assert (keep.id_no, absorb.id_index, absorb.merged_into, absorb.status) == (
        demo_id(3),
        None,
        keep,
        "merged",
    )
    assert keep.ties.count() == 2


def test_the_same_home_said_twice_is_believed_once(enrol):
    keep, absorb = enrol(), enrol()
    merge_persons(actor="cli", keep=keep, absorb=absorb)
    assert keep.ties.filter(known_to=None).count() == 1


def test_what_came_after_the_merge_survives_the_unmerge(enrol, other_room):
    keep, absorb = enrol(), enrol(phone=PHONE)
    merge = merge_persons(actor="cli", keep=keep, absorb=absorb)
    update_person(actor="cli", person=keep, facts={"phone": "10000000009", "school": "虚构小学"})
    keep.refresh_from_db()
    move_person(actor="cli", person=keep, on=date(2026, 5, 1), room=other_room)
    unmerge_persons(actor="cli", merge=merge)
    keep.refresh_from_db()
    assert (keep.phone, keep.school) == ("10000000009", "虚构小学")
    assert keep.ties.filter(room=other_room, known_to=None).exists()


def test_a_home_that_ended_while_the_two_were_one_returns_as_it_is_believed_now(enrol, other_room):
    keep, absorb = enrol(), enrol()
    move_person(actor="cli", person=absorb, on=date(2026, 4, 1), room=other_room)
    merge = merge_persons(actor="cli", keep=keep, absorb=absorb)
    move_person(actor="cli", person=keep, on=date(2026, 5, 1), area=COMMUNITY)
    unmerge_persons(actor="cli", merge=merge)
    believed = Tie.objects.filter(room=other_room, known_to=None)
    assert [(tie.person_id, tie.valid_from, tie.valid_to) for tie in believed] == [
        (absorb.pk, date(2026, 4, 1), date(2026, 5, 1))
    ]


def test_differing_facts_are_shown_and_not_overwritten(enrol):
    keep, absorb = enrol(phone=PHONE), enrol(phone="10000000002")
    merge = merge_persons(actor="cli", keep=keep, absorb=absorb)
    keep.refresh_from_db()
    assert keep.phone == PHONE
    assert Contradiction.objects.get(person=keep).field == "phone"
    unmerge_persons(actor="cli", merge=merge)
    assert not Contradiction.objects.exists()


def test_merges_are_undone_in_reverse_order(enrol):
    one, two, three = enrol(), enrol(), enrol()
    first = merge_persons(actor="cli", keep=two, absorb=one)
    second = merge_persons(actor="cli", keep=three, absorb=two)
    with pytest.raises(Declined):
        unmerge_persons(actor="cli", merge=first)
    unmerge_persons(actor="cli", merge=second)
    unmerge_persons(actor="cli", merge=first)
    assert Person.objects.exclude(status="merged").count() == 3
    with pytest.raises(Declined):
        unmerge_persons(actor="cli", merge=first)
