"""The limits are seen by everybody, changed by few, from a day on and by a paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.declarations.verify_cast import limit
from wangge.foundation.journal.models import Entry
from wangge.registry.people.rules import Declined
from wangge.systems.declarations.actions.verify_profile import set_profile
from wangge.systems.declarations.queries.profile import LIMITS, profile_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
PAGE = "/console/declarations/profile/"


def form(**changes) -> dict[str, object]:
    now = profile_on()
    return {name: int(getattr(now, name)) for name in LIMITS} | {"basis": "区防指〔2026〕3 号"} | changes


def test_new_limits_hold_from_today_and_yesterdays_stay(logged_in):
    admin = logged_in(cast.system_admin())
    said = admin.post(f"{PAGE}change/", form(verify_hours=6), follow=True).content.decode()
    assert "改了 1 项" in said and "区防指" in said
    yesterday = timezone.localdate() - timedelta(days=1)
    assert (profile_on().verify_hours, profile_on(yesterday).verify_hours) == (6, 12)
    assert Entry.objects.get(kind="setting.changed").changes == {"declarations.verify_hours": [None, 6]}


def test_without_a_paper_or_with_nonsense_nothing_changes(logged_in):
    admin = logged_in(cast.system_admin())
    for wrong in ({"basis": ""}, {"verify_hours": 0}, {"verify_hours": "x"}, {"retention_days": 99999}):
        assert admin.post(f"{PAGE}change/", form(**wrong)).status_code == 422
    assert profile_on().verify_hours == 12
    with pytest.raises(Declined):
        set_profile(actor="cli", limits={"nonsense": 3}, basis="依据")


def test_who_may_not_change_sees_the_limits_and_no_form(logged_in):
    limit("verify_hours", 24)
    shown = logged_in(cast.worker()).get(PAGE).content.decode()
    assert ">24<" in shown and "示例" in shown and "从今天起改" not in shown
    assert logged_in(cast.secretary()).post(f"{PAGE}change/", form()).status_code == 403
