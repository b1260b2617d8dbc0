"""Who the parties were and what was said is erased by itself, a set time after the dispute is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.engines.cases.page_cast import shown
from tests.systems.disputes.dispute_cast import ONE, a_session, followed, mediating, signed
from wangge.engines.cases.models import Case
from wangge.foundation.territory.models import Setting
from wangge.systems.disputes import models
from wangge.systems.disputes.retention import KEEP_DAYS, forget_old

pytestmark = pytest.mark.django_db


def closed(days: int, secretary) -> Case:
    case = mediating(secretary)
    a_session(case, secretary, others=["虚构律师"])
    signed(case, secretary)
    followed(case, secretary, "close", True)
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=days))
    return case


def sealed_left(case: Case) -> list[str]:
    """Every sealed or personal value that is still there."""
    found = []
    by_case = (models.Party, models.Words, models.Session, models.Agreement, models.FollowUp)
    for model, path in (*((model, "case") for model in by_case), (models.Term, "agreement__case")):
        for row in model.objects.filter(**{path: case}).values():
            found += [
                name
                for name, value in row.items()
                if value and (name in model.personal or name == "person_id")
            ]
    return found


def test_it_goes_after_its_time_and_counts_stay(logged_in):
    secretary = cast.secretary()
    old, young = closed(KEEP_DAYS + 1, secretary), closed(KEEP_DAYS - 1, secretary)
    assert sealed_left(old)
    assert forget_old() == 1 and forget_old() == 0
    assert sealed_left(old) == [] and sealed_left(young)
    assert models.Session.objects.filter(case=old).count() == 1
    page = shown(logged_in(secretary), old)
    assert ONE not in page and "到期清除" in page


def test_a_district_sets_its_own_time_and_open_ones_stay():
    secretary = cast.secretary()
    closed(40, secretary)
    mediating(secretary)
    assert forget_old() == 0
    Setting.objects.create(key="dispute.keep_days", value=30, valid_from=timezone.localdate(), note="示例")
    assert forget_old() == 1
