"""People's decisions are labels: what each threshold would have done with them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import cast
from tests.cast import COMMUNITY, OTHER_TOWN, TOWN
from tests.registry.linkage.linkage_cast import a_pair, a_room, a_waiting_row, somebody
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import Reach, prefix_of, within
from wangge.registry.ledgers.models import Case
from wangge.registry.linkage.actions import set_thresholds
from wangge.registry.linkage.enums import MACHINE, PairState
from wangge.registry.linkage.pipeline.limits import USUAL_LOWER, USUAL_UPPER, Limits, limits
from wangge.registry.linkage.queries import thresholds as queries
from wangge.registry.linkage.queries.thresholds import sample
from wangge.registry.people.rules import Declined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(queries, "LEAST", 4)


def decided(probability: float, same: bool, by: str = "somebody") -> None:
    people = [somebody("甲一", room=a_room()) for _side in range(2)]
    state = PairState.SAME if same else PairState.DIFFERENT
    a_pair(*people, probability=probability, state=state, decided_by=by)


def test_precision_and_recall_are_counted_from_decisions(few):
    for probability, same in ((0.96, True), (0.9, True), (0.85, False), (0.4, True), (0.3, False)):
        decided(probability, same)
    lines = {line.threshold: line for line in sample().lines}
    assert (lines[0.8].joined, lines[0.8].right, lines[0.8].precision) == (3, 2, pytest.approx(2 / 3))
    assert lines[0.8].recall == pytest.approx(2 / 3)
    assert (lines[0.95].precision, lines[0.95].recall) == (1.0, pytest.approx(1 / 3))
    assert (lines[0.99].precision, lines[0.99].recall) == (None, 0.0)
    assert (lines[0.8].merged, lines[0.8].asked) == (3, 2)


def test_waiting_rows_that_people_decided_count_too(few):
    person = somebody("甲一", room=a_room())
    for number, state in enumerate(["same", "different"]):
        case = a_waiting_row(person, key=f"k{number}")
        Case.objects.filter(pk=case.pk).update(state=state, decided_by="7")
    assert (sample().labels, sample().same) == (2, 1)


def test_what_the_machine_merged_is_no_label():
    decided(0.99, True, by=MACHINE)
    assert sample().labels == 0


@pytest.mark.parametrize("same", [(True,) * 6, (True, False)])
def test_too_small_a_sample_says_so(few, same):
    for each in same:
        decided(0.9, each)
    assert (sample().enough, sample().lines) == (False, [])


def test_decisions_of_another_area_are_not_seen(few):
    for same in (True, True, False, False):
        decided(0.9, same)
    with within(Reach((prefix_of(OTHER_TOWN),))):
        assert sample().labels == 0
    with within(Reach((prefix_of(TOWN),))):
        assert sample().labels == 4


def test_the_district_sets_both_and_it_is_on_the_trail():
    set_thresholds(actor="cli", upper=0.9, lower=0.3)
    assert (limits().upper, limits().lower) == (0.9, 0.3)
    kinds = Entry.objects.filter(kind="setting.changed").values_list("changes", flat=True)
    assert sorted(kinds, key=str) == [{"link.lower": [None, 0.3]}, {"link.upper": [None, 0.9]}]
    set_thresholds(actor="cli", upper=0.9, lower=0.3)
    assert Entry.objects.filter(kind="setting.changed").count() == 2


@pytest.mark.parametrize(("upper", "lower"), [(0.4, 0.2), (0.9, 0.9), (0.9, 0.0), (1.0, 0.2)])
def test_bounds_that_make_no_sense_are_declined(upper, lower):
    with pytest.raises(Declined):
        set_thresholds(actor="cli", upper=upper, lower=lower)
    assert limits() == Limits(USUAL_UPPER, USUAL_LOWER)


def test_the_page_sets_them_for_the_district_and_only_shows_them_to_others(logged_in):
    address, setting = reverse("linkage:thresholds"), reverse("linkage:set_thresholds")
    page = logged_in(cast.secretary(COMMUNITY)).get(address).content.decode()
    assert "样本不足" in page and setting not in page
    centre = logged_in(cast.district_user())
    assert setting in centre.get(address).content.decode()
    centre.post(setting, {"upper": "0.9", "lower": "0.25"})
    assert (limits().upper, limits().lower) == (0.9, 0.25)
    assert "没有改动" in centre.post(setting, {"upper": "x", "lower": ""}, follow=True).content.decode()
