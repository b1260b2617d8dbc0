"""Parties are changed while it is mediated, by who leads it."""

from __future__ import annotations

import pytest

from tests import cast
from tests.systems.disputes.dispute_cast import ID_ONE, ONE, a_dispute, mediating, one, other, signed
from wangge.engines.cases.actions import Stale
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.systems.disputes.actions.parties import change_parties, stamp
from wangge.systems.disputes.models import Party
from wangge.systems.disputes.queries.parties import lines_of, told_of

pytestmark = pytest.mark.django_db


def changed(actor, case, *parties, seen=None):
    change_parties(actor=actor, case=case, parties=parties, seen=stamp(case) if seen is None else seen)


def test_one_is_changed_one_is_added_and_one_goes():
    secretary = cast.secretary()
    case = a_dispute(secretary)
    first, second = told_of(case)
    changed(secretary, case, first, other(name="上官试丙", id_no="", number=0))
    rows = list(Party.objects.filter(case=case))
    assert [(row.number, row.clear("name"), row.gone_at is None) for row in rows] == [
        (1, ONE, True), (2, "", False), (3, "上官试丙", True)]  # fmt: skip
    assert second.number == 2 and rows[1].id_index == ""


def test_whoever_is_behind_is_told_and_the_same_again_changes_nothing():
    secretary = cast.secretary()
    case = a_dispute(secretary)
    seen, parties = stamp(case), [*told_of(case), other(name="上官试丙", id_no="", phone="")]
    changed(secretary, case, *parties, seen=seen)
    changed(secretary, case, *parties, seen=seen)
    assert Party.objects.count() == 3
    with pytest.raises(Stale):
        changed(secretary, case, one(), other(phone=""), seen=seen)


def test_who_does_not_lead_it_changes_nothing():
    case = a_dispute(cast.secretary())
    for user in (cast.worker(), cast.secretary()):
        with pytest.raises(Refused):
            changed(user, case, one(), other(phone=""))


def test_once_signed_the_parties_stay():
    secretary = cast.secretary()
    case = mediating(secretary)
    signed(case, secretary)
    with pytest.raises(Unacceptable, match="不能再改"):
        changed(secretary, case, one(), other(phone=""))


def test_who_handles_it_cannot_become_a_party():
    secretary = cast.secretary()
    case = a_dispute(secretary)
    with pytest.raises(Unacceptable, match="同名"):
        changed(secretary, case, one(), other(name=secretary.name))
    assert told_of(case)[1].name != secretary.name


def test_a_name_that_stands_in_the_title_is_refused():
    secretary = cast.secretary()
    case = a_dispute(secretary, title="上官试丙家漏水")
    with pytest.raises(Unacceptable, match="标题"):
        changed(secretary, case, one(), other(name="上官试丙"))


def test_others_read_letters_and_who_handles_it_masked_numbers():
    case = a_dispute(parties=[one(), other(), other(name="上官试丙", id_no="", phone="")])
    assert [line.called for line in lines_of(case, clear=False)] == ["申请人甲", "被申请人乙", "被申请人丙"]
    line = lines_of(case, clear=True)[0]
    assert line.name == ONE and line.id_no != ID_ONE and line.id_no.startswith("999")
    assert line.phone == "100****2222"
