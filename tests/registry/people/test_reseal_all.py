"""Rotation leaves every value readable under the newest key, and goes on where it was stopped."""

import pytest

from tests.registry.people.people_cast import PHONE, demo_id
from wangge.engines.cases.models.case import REPORTER
from wangge.foundation.clients.actions import subscriptions
from wangge.foundation.orders.actions import freeze
from wangge.lib.sealing import UnknownKey, envelope, is_current, seal, unseal
from wangge.registry.people.actions import (
    merge_persons,
    reindex_people,
    repair,
    reseal_all,
    sealed_as,
    sealed_columns,
    unmerge_persons,
    update_person,
)  # fmt: skip
from wangge.registry.people.actions import reseal as module
from wangge.registry.people.models import Discrepancy, Merge, Person
from wangge.registry.people.queries import search_people
from wangge.registry.rights.queries.requests import SEALED_FOR
from wangge.systems.disputes.models.dispute import SAID
from wangge.systems.disputes.models.party import PARTY, SEALED
from wangge.systems.fieldwork.actions.visits.answers import SEALED_AS

OLD, NEW = "1:" + "5a" * 32, "2:" + "6b" * 32


@pytest.fixture
def filled(enrol):
    person = enrol(id_no=demo_id(3), phone=PHONE)
    update_person(actor="cli", person=person, facts={"phone": "10000000002"}, source=10)
    merge_persons(actor="cli", keep=person, absorb=enrol("甲一"))
    return person


def everything() -> list[str]:
    return [
        value
        for model, column in sealed_columns()
        for value in model._base_manager.exclude(**{column: ""}).values_list(column, flat=True)
    ]


def test_after_rotation_everything_is_current_and_readable(filled, settings):
    settings.FIELD_KEYS = f"{OLD},{NEW}"
    assert not any(is_current(value) for value in everything())
    done = reseal_all(actor="cli")
    assert all(is_current(value) for value in everything())
    assert done["people.person.id_sealed"] == 1
    assert done["people.contradiction.offered_sealed"] == 1
    filled.refresh_from_db()
    assert (filled.id_no, filled.phone) == (demo_id(3), PHONE)
    assert list(search_people(PHONE)) == [filled]
    unmerge_persons(actor="cli", merge=Merge.objects.get())


def test_a_second_run_finds_nothing_left(filled, settings):
    settings.FIELD_KEYS = f"{OLD},{NEW}"
    reseal_all(actor="cli")
    before = everything()
    assert not any(reseal_all(actor="cli").values())
    assert everything() == before


def test_a_run_that_was_stopped_goes_on(enrol, settings, monkeypatch):
    for n in (1, 2, 3):
        enrol("甲一", phone=PHONE[:-1] + str(n))
    settings.FIELD_KEYS = f"{OLD},{NEW}"
    monkeypatch.setattr(module, "AT_ONCE", 1)

    def stop(column: str, rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reseal_all(actor="cli", progress=stop)
    assert reseal_all(actor="cli")["people.person.phone_sealed"] == 2


def test_without_the_old_key_nothing_is_written(filled, settings):
    before = everything()
    settings.FIELD_KEYS = NEW
    with pytest.raises(UnknownKey):
        reseal_all(actor="cli")
    assert everything() == before


def test_the_new_index_answers_once_its_key_stands_first(filled, settings):
    settings.FIELD_KEYS = f"{OLD},{NEW}"
    reindex_people(actor="cli", key_id=2)
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    assert list(search_people(demo_id(3))) == [filled]
    assert list(search_people(PHONE)) == [filled]
    assert Person.objects.filter(id_index="").count() == 0


def test_every_sealed_column_of_the_register_is_known():
    names = {f"{model.__name__}.{column}" for model, column in sealed_columns()}
    assert {
        "Person.id_sealed",
        "Person.phone2_sealed",
        "Organisation.phone_sealed",
        "Merge.before_sealed",
    } <= names


def test_models_name_the_purposes_that_their_values_are_sealed_for():
    """A value sealed for a purpose opens for no other; rotation would stop at it."""
    told = {f"{m._meta.label}.{c}": sealed_as(m, c) for m, c in sealed_columns() if sealed_as(m, c) != ""}
    rights = {
        f"rights.RightsRequest.{part}_sealed": SEALED_FOR for part in ("asker", "said", "wish", "answer")
    }
    parties = {f"disputes.Party.{name}_sealed": PARTY for name in SEALED}
    said = ("Words.words", "Agreement.facts", "Term.words", "FollowUp.words", "Session.said")
    assert told == rights | parties | {f"disputes.{name}_sealed": SAID for name in said} | {
        "cases.Case.reporter_sealed": REPORTER,
        "cases.Follower.contact_sealed": REPORTER,
        "forms.Submission.xml_sealed": "forms.answer",
        "fieldwork.Visit.answers_sealed": SEALED_AS,
        "people.Discrepancy.undo_sealed": repair.UNDO,
        "clients.Subscription.secret_sealed": subscriptions.FIELD,
        "clients.Subscription.former_sealed": subscriptions.FIELD,
        "orders.EmergencyOrder.key_sealed": envelope.FIELD,
        "orders.Closing.check_sealed": freeze.CHECK,
        "orders.OrderValue.value_sealed": None,
    }


def test_what_was_kept_for_taking_a_repair_back_is_sealed_anew_for_its_purpose(filled, settings):
    row = Discrepancy.objects.create(
        area_code="440703001001", rule="x", person=filled, mark="m", undo_sealed=seal("[]", repair.UNDO)
    )
    settings.FIELD_KEYS = f"{OLD},{NEW}"
    reseal_all(actor="cli")
    row.refresh_from_db()
    assert is_current(row.undo_sealed) and unseal(row.undo_sealed, repair.UNDO) == "[]"
