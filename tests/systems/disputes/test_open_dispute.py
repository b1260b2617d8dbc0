"""A dispute is registered: who its parties are stands nowhere but sealed."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests import cast
from tests.systems.disputes.dispute_cast import (
    ID_ONE,
    ONE,
    OTHER,
    SECRET,
    a_dispute,
    a_matter,
    a_person,
    one,
    other,
)
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.systems.disputes.actions.opening import About, open_dispute
from wangge.systems.disputes.models import Dispute, Handler, Party, Words
from wangge.systems.disputes.queries.record import words_of

pytestmark = pytest.mark.django_db


def test_it_gets_a_number_two_parties_and_a_handler():
    secretary = cast.secretary()
    case = a_dispute(secretary)
    assert (case.system, case.state, case.title) == ("dispute", "registered", "楼上漏水")
    assert [row.clear("name") for row in Party.objects.filter(case=case)] == [ONE, OTHER]
    assert Handler.objects.get(case=case).user == secretary


def test_no_word_and_no_name_stands_in_clear_in_any_row():
    case = a_dispute(cast.secretary())
    rows = [*Case.objects.values(), *Party.objects.values(), *Words.objects.values(), *case.steps.values(),
            *Dispute.objects.values(), *Entry.objects.values()]  # fmt: skip
    held = repr(rows)
    assert not any(secret in held for secret in (SECRET, ONE, OTHER, ID_ONE, "10011112222", "虚构路"))
    assert words_of(case) == {case.op: SECRET}


def test_a_grid_worker_registers_it_and_does_not_handle_it():
    case = a_dispute(cast.worker())
    assert not Handler.objects.filter(case=case).exists()


def test_the_same_op_is_the_same_dispute_and_other_parties_are_refused():
    secretary, matter = cast.secretary(), a_matter()
    first = a_dispute(secretary, op=matter.op)
    assert a_dispute(secretary, op=matter.op) == first
    assert Party.objects.count() == 2 and Handler.objects.count() == 1
    with pytest.raises(Unacceptable):
        a_dispute(secretary, op=matter.op, parties=[one(), other(name="上官试丙")])


def test_without_a_title_it_is_called_by_class_and_place():
    assert a_dispute(title=" ").title == "邻里关系纠纷：虚构小区"


@pytest.mark.parametrize("where", ["title", "address"])
def test_a_name_where_all_read_it_is_refused(where):
    with pytest.raises(Unacceptable, match="不能写当事人的姓名"):
        a_dispute(**{where: f"{ONE}家漏水"})
    assert not Case.objects.exists()


def test_a_faulty_party_opens_nothing():
    with pytest.raises(Unacceptable, match="第 2 位"):
        a_dispute(parties=[one(), other(id_no="440703199001011234")])
    assert not Case.objects.exists() and not Party.objects.exists()


def test_more_parties_than_can_be_kept_apart_are_refused():
    many = [one(), *(other(name=f"司徒试{'甲' * at}", id_no="", phone="") for at in range(1, 22))]
    with pytest.raises(Unacceptable, match="最多写"):
        a_dispute(parties=many)


def test_nobody_opens_one_elsewhere():
    with pytest.raises(Refused):
        a_dispute(cast.secretary(cast.OTHER_COMMUNITY))


def test_somebody_of_the_register_is_linked():
    person = a_person()
    case = a_dispute(parties=[one(person=person.pk), other()])
    assert Party.objects.get(case=case, number=1).person == person


def test_a_party_who_registers_it_does_not_handle_it():
    secretary = cast.person_with(("community_secretary", cast.COMMUNITY), name=ONE)
    case = open_dispute(
        actor=secretary, matter=a_matter(op=uuid4()), about=About("people"), parties=[one(), other()]
    )
    assert not Handler.objects.filter(case=case).exists()
