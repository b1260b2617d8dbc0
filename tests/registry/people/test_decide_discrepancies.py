"""A record at odds is dismissed while its facts stay, repaired, taken back; the sweep finds new ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.registry.people.people_cast import demo_id
from wangge.foundation.journal.models import Entry
from wangge.registry.people.actions import (
    check_people,
    check_touched,
    dismiss_discrepancy,
    reopen_discrepancy,
    repair_discrepancy,
    update_person,
)
from wangge.registry.people.models import Discrepancy, Person, Tie
from wangge.registry.people.rules import Declined

Enrol = Callable[..., Person]


def years(number: float) -> date:
    return timezone.localdate() - timedelta(days=round(number * 365.25))


def found(*people: Person) -> list[str]:
    """The rules that do not hold for these people, as they wait in the worklist."""
    check_people([person.pk for person in people])
    return sorted(Discrepancy.objects.filter(state="open").values_list("rule", flat=True))


class TestDeciding:
    @pytest.fixture
    def wrong(self, enrol: Enrol) -> Person:
        """Somebody whose birth date disagrees with the number."""
        return enrol(id_no=demo_id(1, date(1980, 5, 6)), birth=date(1981, 5, 6))

    def test_what_was_dismissed_is_not_raised_again_for_the_same_facts(self, wrong: Person) -> None:
        found(wrong)
        dismiss_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get(), reason="证件换过")
        assert found(wrong) == [] and Discrepancy.objects.get().state == "dismissed"
        update_person(actor="cli", person=wrong, facts={"birth": date(1982, 5, 6)})
        assert found(wrong) == ["birth_not_of_id"]

    def test_a_dismissal_wants_a_reason(self, wrong: Person) -> None:
        found(wrong)
        with pytest.raises(Declined):
            dismiss_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get(), reason=" ")
        assert Discrepancy.objects.get().state == "open"

    def test_dismissing_is_taken_back(self, wrong: Person) -> None:
        found(wrong)
        row = dismiss_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get(), reason="证件换过")
        reopen_discrepancy(actor="cli", discrepancy=row)
        assert found(wrong) == ["birth_not_of_id"]

    def test_a_repair_is_taken_back_with_its_provenance(self, wrong: Person) -> None:
        found(wrong)
        before = dict(Person.objects.values("birth", "provenance").get())
        row = repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        reopen_discrepancy(actor="cli", discrepancy=row)
        assert Person.objects.values("birth", "provenance").get() == before
        assert found(wrong) == ["birth_not_of_id"] and Discrepancy.objects.count() == 1

    def test_a_repair_somebody_went_on_from_is_not_taken_back(self, wrong: Person) -> None:
        found(wrong)
        row = repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        update_person(actor="cli", person=wrong, facts={"birth": date(1990, 1, 1)})
        with pytest.raises(Declined) as why:
            reopen_discrepancy(actor="cli", discrepancy=row)
        assert why.value.code == "changed"
        assert Person.objects.get().birth == date(1990, 1, 1)

    def test_a_record_mended_by_hand_leaves_the_list(self, wrong: Person) -> None:
        found(wrong)
        update_person(actor="cli", person=wrong, facts={"birth": date(1980, 5, 6)})
        assert found(wrong) == [] and Discrepancy.objects.get().state == "gone"

    def test_a_record_that_changed_is_not_repaired(self, wrong: Person) -> None:
        found(wrong)
        update_person(actor="cli", person=wrong, facts={"birth": date(1982, 1, 1)})
        with pytest.raises(Declined) as why:
            repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        assert why.value.code == "changed"

    def test_no_value_stands_in_the_list_or_the_trail(self, wrong: Person) -> None:
        found(wrong)
        row = Discrepancy.objects.get()
        kept = str([getattr(row, f.attname) for f in row._meta.concrete_fields])
        assert "1981" not in kept and demo_id(1, date(1980, 5, 6)) not in kept
        repair_discrepancy(actor="cli", discrepancy=row)
        line = Entry.objects.get(kind="discrepancy.repaired")
        assert line.changes["fields"] == ["birth"] and "1980" not in str(line.changes)


class TestSweep:
    def test_the_first_pass_looks_at_everybody_the_next_at_who_was_touched(self, enrol: Enrol) -> None:
        wrong = enrol("甲一", id_no=demo_id(1, date(1980, 5, 6)), birth=date(1981, 5, 6))
        quiet = enrol("甲二", birth=years(30))
        long_ago = timezone.now() - timedelta(days=3)
        Tie.objects.filter(person=quiet).update(known_from=long_ago)
        Entry.objects.filter(subject_id=str(quiet.pk)).update(at=long_ago)
        assert check_touched() == 2
        assert [row.person for row in Discrepancy.objects.filter(state="open")] == [wrong]
        assert check_touched() == 1  # who was registered within the overlap
        update_person(actor="cli", person=quiet, facts={"marriage": "20"})
        assert check_touched() == 2

    def test_a_change_is_found_without_asking(self, enrol: Enrol) -> None:
        person = enrol(birth=years(18), sex="1")
        check_touched()
        update_person(actor="cli", person=person, facts={"marriage": "20"})
        check_touched()
        assert Discrepancy.objects.get().rule == "married_too_young"
