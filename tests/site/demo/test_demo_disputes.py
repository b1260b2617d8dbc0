"""Disputes of the demo: each where it should be, all invented, gone with the demo."""

from __future__ import annotations

import pytest

from tests.demo_ground import SMALL, TODAY
from wangge.engines.cases.models import Case
from wangge.lib.scoping import EVERYWHERE, within
from wangge.site.demo.load import load
from wangge.site.demo.reset import remove_demo
from wangge.systems.disputes.enums import SYSTEM
from wangge.systems.disputes.models import Handler, Party

pytestmark = pytest.mark.usefixtures("areas")


def test_four_disputes_stand_where_they_got_to_and_go_with_the_demo() -> None:
    assert load(SMALL, today=TODAY).counts["disputes"] == 4
    with within(EVERYWHERE):
        states = list(Case.objects.filter(system=SYSTEM).order_by("pk").values_list("state", flat=True))
        assert states == ["registered", "mediating", "agreed", "closed"]
        assert Handler.objects.count() == 3
        assert all(row.person and row.person.demo for row in Party.objects.select_related("person"))
    remove_demo()
    with within(EVERYWHERE):
        assert not Case.objects.filter(system=SYSTEM).exists() and not Party.objects.exists()
