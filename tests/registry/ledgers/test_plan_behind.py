"""The dry run of a long file is the worker's: asked for on a page, watched there, cancelled there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import COMMUNITY, OTHER_COMMUNITY, secretary
from tests.registry.ledgers.import_cast import received, row
from wangge import flows
from wangge.foundation.journal.models import Delivery, Entry, State
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.actions import plan
from wangge.registry.ledgers.enums import BatchState, Standing
from wangge.registry.ledgers.guards import Unreadable
from wangge.registry.ledgers.models import Batch
from wangge.registry.ledgers.pipeline.running import Run
from wangge.registry.ledgers.queries.batches import standing_of
from wangge.registry.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas", "long")]
Enter = Callable[..., Client]
NAMES = [f"{surname}安" for surname in "陈林黄周吴徐孙"]
ROWS = len(NAMES)


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven rows are many, and are gone through two at a time."""
    monkeypatch.setattr(plan, "AT_ONCE", 4)
    monkeypatch.setattr(plan, "CHUNK", 2)


@pytest.fixture
def browser(logged_in: Enter) -> Client:
    return logged_in(secretary(COMMUNITY))


@pytest.fixture
def batch() -> Batch:
    return received([row(name, 联系电话=f"100000007{at:02}") for at, name in enumerate(NAMES)])


def _to(browser: Client, batch: Batch, step: str):  # type: ignore[no-untyped-def]
    return browser.post(reverse(f"ledgers:{step}", args=[batch.pk]))


def _page(browser: Client, batch: Batch) -> str:
    return browser.get(reverse("ledgers:progress", args=[batch.pk])).content.decode()


def _state(batch: Batch) -> str:
    return Batch.objects.values_list("state", flat=True).get(pk=batch.pk)


def test_a_long_file_is_handed_to_the_worker_and_its_plan_awaits_the_user(
    browser: Client, batch: Batch
) -> None:
    answer = _to(browser, batch, "columns")
    assert _state(batch) == BatchState.PLANNING
    shown = browser.get(answer.headers["Location"], follow=True)
    assert shown.redirect_chain[-1][0] == reverse("ledgers:progress", args=[batch.pk])
    assert "排队中" in shown.content.decode() and 'hx-trigger="every 2s"' in shown.content.decode()
    flows.drain()
    assert _state(batch) == BatchState.PLANNED and not Person.objects.exists()
    asked = browser.get(reverse("ledgers:progress", args=[batch.pk]), headers={"HX-Request": "true"})
    assert asked.headers["HX-Redirect"] == reverse("ledgers:import", args=[batch.pk])
    assert f"确认导入 {ROWS} 行" in browser.get(reverse("ledgers:plan", args=[batch.pk])).content.decode()


def test_it_comes_to_what_a_dry_run_in_the_request_comes_to(batch: Batch) -> None:
    at_once = actions.plan_batch(actor="test", batch=batch)
    counts = at_once.counts
    actions.request_plan(actor="test", batch=at_once)
    Batch.objects.filter(pk=batch.pk).update(counts={}, preview_sealed="")
    flows.drain()
    batch.refresh_from_db()
    assert (batch.counts, batch.rows, batch.done_rows) == (counts, ROWS, 0) and batch.preview_sealed


def test_a_short_file_is_answered_at_once(browser: Client) -> None:
    short = received([row(name) for name in NAMES[:3]])
    _to(browser, short, "columns")
    assert _state(short) == BatchState.PLANNED and not Delivery.objects.exists()


def test_how_far_it_is_stands_on_the_page_and_grows(
    browser: Client, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    pages: list[bool] = []
    process = Run.process

    def watched(run: Run, start: int, stop: int, *, write: bool) -> None:
        process(run, start, stop, write=write)
        told.append(Batch.objects.values_list("done_rows", flat=True).get(pk=batch.pk))
        pages.append(f"正在试算：{told[-1]} / {batch.rows} 行" in _page(browser, batch))

    monkeypatch.setattr(Run, "process", watched)
    actions.request_plan(actor="test", batch=batch)
    flows.drain()
    assert _state(batch) == BatchState.PLANNED
    assert told == sorted(told) and len(set(told)) > 2 and told[0] >= batch.rows // 2 and all(pages)


def test_cancelled_in_the_middle_it_stops_and_keeps_nothing(
    browser: Client, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    process, seen = Run.process, []

    def cancelled(run: Run, start: int, stop: int, *, write: bool) -> None:
        process(run, start, stop, write=write)
        seen.append(start)
        if start == 2:
            _to(browser, batch, "cancel")

    monkeypatch.setattr(Run, "process", cancelled)
    actions.request_plan(actor="test", batch=batch)
    flows.drain()
    batch.refresh_from_db()
    assert (batch.state, batch.stored, batch.preview_sealed) == (BatchState.CANCELLED, "", "")
    assert seen == [0, 2] and Delivery.objects.get().state == State.DONE


def test_one_that_was_cancelled_before_its_turn_is_not_begun(browser: Client, batch: Batch) -> None:
    actions.request_plan(actor="test", batch=batch)
    assert "取消导入" in _page(browser, batch)
    _to(browser, batch, "cancel")
    flows.drain()
    assert _state(batch) == BatchState.CANCELLED and Delivery.objects.get().state == State.DONE


def test_columns_chosen_anew_meanwhile_are_not_answered_with_the_old_plan(batch: Batch) -> None:
    stale = Batch.objects.get(pk=batch.pk)
    name, facts = next(iter(stale.mapping.items()))
    stale.mapping = {name: {column: fact for column, fact in facts.items() if fact != "phone"}}
    actions.request_plan(actor="test", batch=batch)
    with pytest.raises(actions.Overtaken):
        actions.plan_batch(actor="test", batch=stale)
    assert _state(batch) == BatchState.PLANNING


def test_a_killed_worker_is_told_and_the_next_one_begins_anew(browser: Client, batch: Batch) -> None:
    actions.request_plan(actor="test", batch=batch)
    past = timezone.now() - timedelta(seconds=1)
    Delivery.objects.update(state=State.RUNNING, lease="dead", lease_until=past, attempts=1)
    Batch.objects.filter(pk=batch.pk).update(done_rows=5)
    assert "刚才中断了" in _page(browser, batch)
    flows.drain()
    assert _state(batch) == BatchState.PLANNED


def test_one_that_broke_down_each_time_says_so_and_is_tried_again_on_a_click(
    browser: Client, batch: Batch
) -> None:
    actions.request_plan(actor="test", batch=batch)
    Delivery.objects.update(state=State.FAILED)
    text = _page(browser, batch)
    assert "试算没有做完" in text and reverse("ledgers:plan", args=[batch.pk]) in text
    assert _to(browser, batch, "plan").headers["Location"] == reverse("ledgers:progress", args=[batch.pk])
    flows.drain()
    assert _state(batch) == BatchState.PLANNED


def test_an_import_that_broke_down_says_so_too(browser: Client, batch: Batch) -> None:
    actions.request_commit(actor="test", batch=batch)
    Delivery.objects.update(state=State.FAILED)
    text = _page(browser, batch)
    assert "导入没有做完" in text and reverse("ledgers:commit", args=[batch.pk]) in text
    _to(browser, batch, "commit")
    flows.drain()
    assert _state(batch) == BatchState.DONE and Person.objects.count() == ROWS


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        ({"state": State.WAITING}, Standing.QUEUED),
        ({"state": State.WAITING, "attempts": 1}, Standing.AGAIN),
        ({"state": State.RUNNING, "lease_until": timezone.now() + timedelta(hours=1)}, Standing.WORKING),
        ({"state": State.RUNNING, "lease_until": timezone.now() - timedelta(hours=1)}, Standing.AGAIN),
        ({"state": State.FAILED}, Standing.STOPPED),
    ],
)
def test_how_the_worker_stands_to_a_batch(batch: Batch, told: dict[str, object], standing: str) -> None:
    asked = actions.request_plan(actor="test", batch=batch)
    assert standing_of(asked) == Standing.QUEUED
    Delivery.objects.update(**told)
    assert standing_of(asked) == standing


def test_a_file_that_is_broken_further_in_fails_with_its_reason_and_is_not_tried_again(
    browser: Client, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise Unreadable("corrupt", "工作表“常住人口”读到一半就坏了。")

    monkeypatch.setattr(plan, "open_run", broken)
    actions.request_plan(actor="test", batch=batch)
    flows.drain()
    assert Delivery.objects.get().state == State.DONE
    assert "读到一半就坏了" in browser.get(reverse("ledgers:import", args=[batch.pk])).content.decode()


def test_nothing_is_planned_or_committed_out_of_its_turn(browser: Client, batch: Batch) -> None:
    actions.request_plan(actor="test", batch=batch)
    with pytest.raises(actions.NotReady):
        actions.request_commit(actor="test", batch=Batch.objects.get(pk=batch.pk))
    actions.commit_batch(actor="test", batch=actions.plan_batch(actor="test", batch=batch))
    for verb in (actions.request_plan, actions.plan_batch):
        with pytest.raises(actions.NotReady):
            verb(actor="test", batch=Batch.objects.get(pk=batch.pk))
    assert _to(browser, batch, "plan").status_code == 302 and _state(batch) == BatchState.DONE


def test_both_the_wish_and_the_plan_stand_in_the_trail_under_one_name(batch: Batch) -> None:
    keeper = secretary(COMMUNITY)
    actions.request_plan(actor=keeper, batch=batch)
    flows.drain()
    names = Entry.objects.filter(kind__in=["ledger.plan_requested", "ledger.planned"])
    assert set(names.values_list("actor", flat=True)) == {keeper.username} and names.count() == 2


def test_another_area_s_dry_run_is_not_started(logged_in: Enter, batch: Batch) -> None:
    other = logged_in(secretary(OTHER_COMMUNITY))
    assert _to(other, batch, "plan").status_code == 404 and _state(batch) == BatchState.RECEIVED
