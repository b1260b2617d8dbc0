"""A unit beside the lead that is late is told of once, to the ladder, on the timeline."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.systems.whistles.whistle_cast import a_unit, approved, call_of, moved, reported, step
from wangge.engines.cases.actions.bundle import bundle_of
from wangge.foundation.journal.models import Entry
from wangge.systems.whistles.sweeps import tell_late_units

pytestmark = pytest.mark.django_db
PAST = {"sign_due": -timedelta(hours=2), "arrive_due": -timedelta(hours=1)}


def test_each_clock_once_to_street_and_district():
    lead, helper, quick = a_unit("城管"), a_unit("环保"), a_unit("水务")
    row = approved(lead, helper, quick)
    moved(call_of(row, helper), **PAST)
    assert tell_late_units() == 2 and tell_late_units() == 0
    row.case.refresh_from_db()
    steps = list(row.case.steps.filter(key="clock").order_by("number"))
    assert [(one.data["clock"], one.words) for one in steps] == [("sign", "环保"), ("arrive", "环保")]
    entry = Entry.objects.filter(kind="whistle.late").first()
    assert entry.data["tells"] == ["street", "district"]
    assert bundle_of(actor="test", case=row.case)  # the chain holds


def test_not_of_the_lead_nor_of_what_is_done_or_over():
    lead, helper, other = a_unit("城管"), a_unit("环保"), a_unit("水务")
    row = approved(lead, helper, other)
    moved(call_of(row, lead), **PAST)
    reported(row, helper, "sign")
    moved(call_of(row, helper), sign_due=-timedelta(hours=2))
    reported(row, other, "object", words="无关")
    moved(call_of(row, other), **PAST)
    assert tell_late_units() == 0
    moved(call_of(row, helper), **PAST)
    step(row, "withdraw", words="不用了")
    assert tell_late_units() == 0
