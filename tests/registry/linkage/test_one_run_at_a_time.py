"""Runs side by side, cut short, refused: the register stays as it was, and the run says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import COMMUNITY
from tests.registry.linkage.linkage_cast import (
    doubtful,
    run,
    twice,
)
from wangge.foundation.journal.models import Entry
from wangge.lib.linking import SparkUnreachable, TooManyPairs
from wangge.lib.linking.blocking import RULES, Load
from wangge.registry.linkage import actions
from wangge.registry.linkage.actions import run as running
from wangge.registry.linkage.enums import RunState
from wangge.registry.linkage.models import LinkRun, Pair
from wangge.registry.linkage.pipeline.looking import look
from wangge.registry.people.models import Merge, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def drain() -> None:
    from wangge.flows import worker

    worker.drain()


def test_a_second_run_while_one_is_under_way_says_so():
    going = LinkRun.objects.create(
        area_code=COMMUNITY, asked_by="x", state=RunState.RUNNING, beat_at=timezone.now()
    )
    with pytest.raises(actions.Busy) as busy:
        run()
    assert busy.value.run == going
    with pytest.raises(actions.Busy):
        actions.request_run(actor="cli", area_code=COMMUNITY, engine="duckdb")
    assert LinkRun.objects.count() == 1


def test_a_run_that_no_worker_took_up_does_not_keep_others_out():
    forgotten = actions.request_run(actor="cli", area_code=COMMUNITY, engine="duckdb")
    with pytest.raises(actions.Busy):
        actions.request_run(actor="cli", area_code=COMMUNITY, engine="duckdb")
    LinkRun.objects.filter(pk=forgotten.pk).update(created_at=timezone.now() - timedelta(hours=2))
    assert actions.request_run(actor="cli", area_code=COMMUNITY, engine="duckdb") != forgotten


def test_a_run_that_gave_no_sign_of_life_is_taken_over():
    silent = timezone.now() - timedelta(minutes=5)
    killed = LinkRun.objects.create(
        area_code=COMMUNITY, asked_by="x", state=RunState.RUNNING, beat_at=silent, token="t"
    )
    assert run().state == RunState.DONE
    killed.refresh_from_db()
    assert (killed.state, killed.problem) == (RunState.FAILED, "stopped")


def test_a_run_that_was_taken_over_writes_nothing(monkeypatch):
    twice()
    asked = LinkRun.objects.create(area_code="440703000000", asked_by="x")

    def slow(**more):
        found = look(**more)
        LinkRun.objects.filter(pk=asked.pk).update(token="another")
        return found

    monkeypatch.setattr(running, "look", slow)
    with pytest.raises(actions.Overtaken):
        actions.carry_out(run=asked)
    assert (Merge.objects.count(), Pair.objects.count()) == (0, 0)


def test_a_crash_while_writing_leaves_everything_as_it_was(monkeypatch):
    twice()
    doubtful()
    from wangge.registry.linkage.actions import apply

    monkeypatch.setattr(apply, "_settle", lambda run, settles: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run()
    assert (Merge.objects.count(), Pair.objects.count()) == (0, 0)
    assert LinkRun.objects.get().problem == "broken"


def test_what_changed_while_the_pairs_were_scored_is_respected(monkeypatch):
    _one, other = twice()

    def slow(**more):
        found = look(**more)
        Person.objects.filter(pk=other.pk).update(id_index="another number")
        return found

    monkeypatch.setattr(running, "look", slow)
    done = run()
    assert (done.state, done.counts["merged"], Merge.objects.count()) == (RunState.DONE, 0, 0)


def test_too_many_pairs_are_refused_and_the_rule_is_named(monkeypatch):
    def crowded(*args, **more):
        raise TooManyPairs(Load(RULES[0], 9_000_000, 4_000), 60_000)

    monkeypatch.setattr("wangge.registry.linkage.pipeline.looking.link", crowded)
    done = run()
    assert (done.state, done.problem, done.loads) == (
        RunState.REFUSED,
        "too_many",
        [["number", 9_000_000, 4_000]],
    )


def test_without_spark_a_run_says_so_and_nothing_is_half_done(monkeypatch):
    twice()

    def away(*args):
        raise SparkUnreachable("unreachable")

    monkeypatch.setitem(__import__("wangge.lib.linking.linked", fromlist=["x"]).ENGINES, "spark", away)
    done = run(engine="spark")
    assert (done.state, done.problem, Merge.objects.count()) == (RunState.FAILED, "unreachable", 0)


def test_a_run_asked_for_is_done_by_the_worker_and_not_twice():
    twice()
    asked = actions.request_run(actor="cli", area_code="440703000000", engine="duckdb")
    drain()
    asked.refresh_from_db()
    assert (asked.state, asked.counts["merged"]) == (RunState.DONE, 1)
    assert actions.carry_out(run=asked).ended_at == asked.ended_at
    assert Entry.objects.filter(kind="linkage.done").count() == 1
