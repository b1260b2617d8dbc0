"""Whatever the person, the row and the answer: a decision taken back leaves every row as it was."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import GRID
from tests.registry.ledgers.ledger_cast import a_firm, a_room, ago, make_areas, tie
from tests.registry.ledgers.reopen_cast import a_case, register
from wangge.lib.identifiers import make_demo_id
from wangge.registry.ledgers.actions import reopen_case, settle_case
from wangge.registry.ledgers.models import Case
from wangge.registry.people.actions.values import put
from wangge.registry.people.models import Contradiction, Person

_serial = count(1)
ROOMS = ("101", "102", "103")

told = st.fixed_dictionaries(
    {},
    optional={
        "former_name": st.sampled_from(["旧名甲", "旧名乙"]),
        "sex": st.sampled_from("12"),
        "birth": st.sampled_from(["1980-05-06", "1990-01-02"]),
        "phone": st.sampled_from(["10000000001", "10000000002"]),
        "phone2": st.sampled_from(["10000000003", "10000000004"]),
        "education": st.sampled_from(["20", "30"]),
        "hukou_address": st.sampled_from(["示范路1号", "示范路2号"]),
        "native_place": st.sampled_from(["甲地", "乙地"]),
        "employer": st.sampled_from(["示范厂", "示范店"]),
    },
)
a_tie = st.fixed_dictionaries(
    {"kind": st.sampled_from(["lives", "hukou", "owns", "works"]), "target": st.integers(0, 2)},
    optional={"valid_from": st.sampled_from([ago(900), ago(30)]), "ended": st.booleans()},
)
pairs = st.fixed_dictionaries(
    {
        "held": told, "offered": told, "number": st.sampled_from(["", "held", "offered"]),
        "source": st.sampled_from([10, 60]), "held_ties": st.lists(a_tie, max_size=4),
        "offered_ties": st.lists(a_tie, max_size=4), "contradicted": st.booleans(), "same": st.booleans(),
    }
)  # fmt: skip


def _target(one: dict[str, Any]) -> dict[str, Any]:
    place = (
        {"organisation": a_firm()} if one["kind"] == "works" else {"room": a_room(door=ROOMS[one["target"]])}
    )
    return place | {"valid_from": one.get("valid_from")}


def _offered(one: dict[str, Any]) -> dict[str, Any]:
    target = {name: getattr(value, "pk", value) for name, value in _target(one).items()}
    since = target.pop("valid_from")
    end = ago(5).isoformat() if one.get("ended") else None
    return {
        "kind": one["kind"],
        "area_code": GRID,
        "valid_from": since and since.isoformat(),
        "valid_to": end,
    } | target


def build(pair: dict[str, Any]) -> Case:
    number = make_demo_id("999703", date(1980, 5, 6), next(_serial) % 900 + 1)
    person = Person(name="甲一", source=pair["source"], confirmed_at=ago(100))
    for name, value in pair["held"].items():
        put(person, name, value)
    if pair["number"] == "held":
        put(person, "id_no", number)
    person.save()
    for one in pair["held_ties"]:
        tie(person, one["kind"], source=pair["source"], **_target(one))
    if pair["contradicted"]:
        Contradiction.objects.create(
            person=person, area_code=GRID, field="phone", held_source=60, offered_source=10
        )
    facts = pair["offered"] | ({"id_no": number} if pair["number"] == "offered" else {})
    return a_case(person, facts, [_offered(one) for one in pair["offered_ties"]])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=pairs)
def test_a_decision_taken_back_leaves_every_row_as_it_was_and_can_be_made_again(db, everywhere, pair):
    with transaction.atomic():
        make_areas()
        case = build(pair)
        before = register()
        settle_case(actor="test", case=case, same=pair["same"])
        decided = register()
        assert decided != before
        reopen_case(actor="test", case=case)
        assert register() == before
        settle_case(actor="test", case=case, same=not pair["same"])
        reopen_case(actor="test", case=case)
        assert register() == before
        transaction.set_rollback(True)
