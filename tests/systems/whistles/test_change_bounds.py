"""The bounds of the figures are seen by everybody who sees the figures, changed by few, by a paper."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import cast
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.systems.whistles.actions.bounding import set_bounds
from wangge.systems.whistles.queries.terms import BOUNDS, bound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def form(**changes: object) -> dict[str, object]:
    now = {key.removeprefix("whistle."): bound(key).number for key in BOUNDS}
    return now | {"basis": "区综治〔2026〕7 号"} | changes


def posted(browser, **changes: object):
    return browser.post(reverse("whistles:change_bounds"), form(**changes), follow=True)


def test_new_bounds_hold_from_today_with_their_paper_and_stand_in_the_trail(logged_in):
    said = posted(logged_in(cast.system_admin()), rate_high=15, far_metres=300).content.decode()
    assert "改了 2 项" in said and "区综治〔2026〕7 号" in said
    assert (bound("whistle.rate_high").number, bound("whistle.far_metres").number) == (15, 300)
    assert not bound("whistle.rate_high").example and bound("whistle.rate_low").example
    changes = [entry.changes for entry in Entry.objects.filter(kind="setting.changed").order_by("pk")]
    assert changes == [{"whistle.rate_high": [None, 15]}, {"whistle.far_metres": [None, 300]}]
    rates = logged_in(cast.secretary()).get(reverse("whistles:rates")).content.decode()
    assert "高于 15%" in rates and reverse("whistles:bounds") in rates


def test_what_cannot_be_is_refused_with_words_and_changes_nothing(logged_in):
    admin = logged_in(cast.system_admin())
    wrongs = ({"basis": ""}, {"rate_high": 101}, {"rate_low": -1}, {"rate_high": "nan"}, {"far_metres": 0},
              {"late_least": "x"}, {"rate_low": 10})  # fmt: skip
    for wrong in wrongs:
        assert posted(admin, **wrong).status_code == 422, wrong
    assert "要小于偏高的界限" in posted(admin, rate_low=12).content.decode()
    assert not Entry.objects.filter(kind="setting.changed").exists()
    with pytest.raises(Unacceptable):
        set_bounds(actor="cli", numbers={"whistle.nonsense": 3}, basis="依据")


def test_who_may_not_change_sees_the_bounds_and_no_form(logged_in):
    browser = logged_in(cast.secretary())
    shown = browser.get(reverse("whistles:bounds")).content.decode()
    assert "示例" in shown and "找系统管理员" in shown and "从今天起改" not in shown
    assert browser.post(reverse("whistles:change_bounds"), form()).status_code == 403
