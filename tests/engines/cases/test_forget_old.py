"""Five years after it is closed, only what a case counts for stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import handled, opened, step
from wangge.engines.cases.actions.bundle import bundle_of
from wangge.engines.cases.actions.opening import Reporter
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case, Clock, Follower, Step
from wangge.engines.cases.retention import KEPT, forget_old
from wangge.flows.table import SWEEPS
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
AFTER = (("a" * 64, "after"),)
PERSONAL = (
    "words",
    "address",
    "reporter_sealed",
    "receipt",
    "lon",
    "lat",
    "launcher",
    "room",
    "head",
    "digest",
)


def closed() -> Case:
    case = handled(opened(reporter=Reporter("江小萍", "10012345678"), followed=True, address="虚构路1号"))
    step(case, "verify", photos=AFTER)
    step(case, "close")
    case.refresh_from_db()
    return case


def later() -> int:
    return forget_old(timezone.now() + KEPT + timedelta(days=1))


def test_words_steps_and_places_go_and_the_counts_are_still_the_sum_of_the_rows():
    case, still_open = closed(), opened()
    assert forget_old() == 0 and case.steps.exists()
    assert later() == 1 and later() == 0
    case.refresh_from_db()
    assert not any(getattr(case, name) for name in PERSONAL) and case.data == {}
    assert case.closed_at and case.number and case.title == "已按保存期限清除"
    for model in (Step, Clock):
        assert set(model.objects.values_list("case", flat=True)) == {still_open.pk}
    assert not Follower.objects.filter(case=case).exists() and recount() == {}
    assert Entry.objects.get(kind="case.forgotten").data == {"cases": 1}


def test_its_page_says_so_and_nothing_more_can_be_done(logged_in):
    case = closed()
    later()
    case.refresh_from_db()
    page = logged_in(cast.secretary()).get(reverse("cases:show", args=[case.number])).content.decode()
    assert "按规定清除，只留数字" in page and "江小萍" not in page
    with pytest.raises(Unacceptable, match="清除"):
        step(case, "archive")
    with pytest.raises(Unacceptable, match="没有证据包"):
        bundle_of(actor="test", case=case)


def test_the_sweep_is_swept():
    assert f"{forget_old.__module__}.forget_old" in SWEEPS
