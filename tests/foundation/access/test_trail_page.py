"""The trail on the console."""

import pytest
from django.urls import reverse

from tests import cast
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Delivery, Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def shown(client, query=""):
    return list(client.get(reverse("journal:entries") + query).context["page"])


def test_lines_of_another_area_are_not_shown(logged_in):
    here = journal.record("test.done", actor="cli", area=cast.GRID)
    there = journal.record("test.done", actor="cli", area=cast.OTHER_GRID)
    client = logged_in(cast.secretary())
    kinds = shown(client, "?kind=test.done")
    assert here in kinds and there not in kinds


def test_lines_are_filtered_by_area_actor_kind_and_day(logged_in):
    entry = journal.record("test.done", actor="cli", area=cast.GRID)
    client = logged_in(cast.auditor())
    for query in (
        f"area={cast.COMMUNITY}&kind=test",
        "actor=cli",
        "kind=test.done",
        "kind=test&since=2026-01-01",
    ):
        assert shown(client, f"?{query}") == [entry], query
    for query in (f"area={cast.OTHER_COMMUNITY}", "actor=cl", "kind=tests", "kind=test&until=2020-01-01"):
        assert shown(client, f"?{query}") == [], query


def test_the_verdict_names_the_first_broken_row(logged_in):
    entry = journal.record("test.done", actor="cli", area=cast.GRID)
    client = logged_in(cast.auditor())
    assert "留痕完整" in client.post(reverse("journal:verify")).content.decode()
    Entry._base_manager.filter(pk=entry.pk).update(actor="somebody")
    assert client.post(reverse("journal:verify")).context["verdict"].entry == entry.pk


def test_failed_reactions_of_another_area_are_not_counted(logged_in):
    for area in (cast.GRID, cast.OTHER_GRID):
        entry = journal.record("test.failed", actor="cli", area=area)
        Delivery.objects.create(entry=entry, reaction="a.b", state="failed", error="builtins.LookupError")
    client = logged_in(cast.secretary())
    assert client.get(reverse("journal:entries")).context["failed"] == 1
    assert "builtins.LookupError" in client.get(reverse("journal:deliveries")).content.decode()
