"""What the field wants whistled for is kept, once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from wangge.flows.whistles import keep_hint
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.fieldwork.actions.findings import report_now
from wangge.systems.fieldwork.actions.patrol import Seen
from wangge.systems.whistles.models import Hint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand(ground):
    with within(EVERYWHERE):
        yield


@pytest.mark.parametrize(("kind", "kept"), [("whistle", 1), ("event", 0), ("hazard", 0)])
def test_a_finding_that_asks_for_a_whistle_waits_for_the_community(kind, kept):
    worker, seen = cast.worker(), Seen(op=uuid4(), at=timezone.now(), photos=("a" * 64,))
    finding = report_now(actor=worker, seen=seen, kind=kind, topic="夜间噪声", words="多次劝导无效")
    entry = Entry.objects.filter(kind="finding.recorded").latest("pk")
    for _again in range(2):
        keep_hint(entry)
    assert Hint.objects.count() == kept
    for hint in Hint.objects.all():
        assert (hint.op, hint.title, hint.account) == (finding.op, "夜间噪声", worker.username)
