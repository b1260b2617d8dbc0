"""Inspections and pledges are not kept for ever."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.hazards.hazard_cast import a_firm, a_room, said
from wangge.systems.hazards.actions.firms import Signed, issue_link, sign_pledge
from wangge.systems.hazards.actions.inspecting import record_inspection
from wangge.systems.hazards.models import Inspection, Pledge
from wangge.systems.hazards.retention import forget_old

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("checklists")]


def test_an_inspection_goes_after_five_years():
    now = timezone.now()
    for years in (4, 6):
        row = record_inspection(actor=cast.worker(), said=said(a_room()))
        Inspection.objects.filter(pk=row.pk).update(at=now - timedelta(days=365 * years))
    assert forget_old() == 1 and forget_old() == 0
    assert Inspection.objects.get().at > now - timedelta(days=365 * 5)


def test_a_pledge_goes_three_years_after_its_year():
    year = timezone.localdate().year
    for back in (3, 4):
        link = issue_link(actor="test", organisation=a_firm())
        row = sign_pledge(link=link, signed=Signed(uuid4(), "欧阳试", "店长"))
        Pledge.objects.filter(pk=row.pk).update(year=year - back)
    assert forget_old() == 1 and Pledge.objects.get().year == year - 3
