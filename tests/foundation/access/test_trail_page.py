"""The trail on the console."""

import pytest
from django.urls import reverse

from tests import cast
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal import sweeps
from wangge.foundation.journal.models import Delivery, Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def shown(client, query=""):
    return list(client.get(reverse("journal:entries") + query).context["page"])


def test_lines_of_another_area_are_not_shown(logged_in):
    here = journal.record("ledger.imported", actor="cli", area=cast.GRID)
    there = journal.record("ledger.imported", actor="cli", area=cast.OTHER_GRID)
    client = logged_in(cast.secretary())
    kinds = shown(client, "?kind=ledger.imported")
    assert here in kinds and there not in kinds


def test_lines_are_filtered_by_area_actor_kind_and_day(logged_in):
    entry = journal.record("ledger.imported", actor="cli", area=cast.GRID)
    client, kind = logged_in(cast.auditor()), "kind=ledger.imported"
    for query in (f"area={cast.COMMUNITY}&{kind}", "actor=cli", kind, f"{kind}&since=2026-01-01"):
        assert shown(client, f"?{query}") == [entry], query
    for query in (
        f"area={cast.OTHER_COMMUNITY}",
        "actor=cl",
        "kind=ledger.exported",
        f"{kind}&until=2020-01-01",
    ):
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


def test_kinds_are_called_by_their_names(logged_in):
    journal.record("ledger.imported", actor="cli", area=cast.GRID)
    assert '<td title="ledger.imported">导入台账</td>' in (
        logged_in(cast.secretary()).get(reverse("journal:entries")).content.decode()
    )


def test_the_last_check_stands_on_the_page(logged_in):
    sweeps.check_trail()
    client = logged_in(cast.auditor())
    assert "核验完整" in client.get(reverse("journal:entries")).content.decode()
    Entry._base_manager.filter(kind="user.created").update(actor="somebody")
    sweeps.check_trail()
    assert "核验不符" in client.get(reverse("journal:entries")).content.decode()
