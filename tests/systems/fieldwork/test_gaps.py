"""What was left undone becomes a duty of somebody who works there."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import COMMUNITY, GRID, OTHER_GRID, secretary, worker
from tests.systems.fieldwork.campaigns_cast import a_room, a_visit, days_ago, started
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.systems.fieldwork.actions.gaps import assign_gaps, undo_assigning
from wangge.systems.fieldwork.models import CallBack, CampaignTarget, Duty
from wangge.systems.fieldwork.queries.gaps import BY_KEY, Asked, lines_of, rows_of

pytestmark = pytest.mark.usefixtures("ground", "everywhere")
HERE = Asked(COMMUNITY)


def found(key: str, asked: Asked = HERE) -> list[str]:
    return [line.label[-3:] for line in lines_of(BY_KEY[key], list(rows_of(BY_KEY[key], asked)))]


def test_each_kind_lists_what_was_left_undone() -> None:
    never, long_ago, lately, empty = (a_room(door, "own") for door in ("101", "102", "103", "104"))
    a_visit(long_ago, "done", days_ago(91)), a_visit(lately, "done", days_ago(3))
    a_visit(never, "nobody", days_ago(1))  # a card was left: nobody was covered
    empty.state = "vacant"
    empty.save()
    a_room("105", "own", OTHER_GRID)
    assert found("unvisited") == ["101", "102"]
    assert found("unvisited", Asked(COMMUNITY, days=100)) == ["101"]
    assert found("vacant") == ["104"]
    visit = a_visit(lately, "nobody")
    CallBack.objects.create(number="1234567890", area_code=GRID, visit=visit, until=visit.at.date())
    assert found("nobody") == ["103"]
    campaign = started()
    CampaignTarget.objects.filter(room=lately).update(state="done")
    assert found("doors") == ["101", "102"] == found("doors", Asked(COMMUNITY, campaign=campaign.pk))
    assert found("doors", Asked(COMMUNITY, campaign=10**9)) == []


def test_rows_become_duties_once_shared_between_the_workers_and_are_taken_back() -> None:
    for door in ("101", "102", "103"):
        a_room(door, "own")
    one, other = worker(GRID), worker(GRID)
    kind, op = BY_KEY["unvisited"], uuid4()
    for made, already in ((3, 0), (0, 3)):
        done = assign_gaps(actor="test", kind=kind, asked=HERE, keys=None, op=op)
        assert (done.made, done.already, done.without_worker) == (made, already, 0)
    load = [Duty.objects.filter(worker=user, state="open", kind="visit").count() for user in (one, other)]
    assert sorted(load) == [1, 2]
    assert Entry.objects.filter(kind="duty.assigned", subject_type="fieldwork.duty").count() == 3
    assert all(line.duty for line in lines_of(kind, list(rows_of(kind, HERE))))
    Duty.objects.filter(pk=Duty.objects.first().pk).update(state="done")
    assert undo_assigning(actor="test", op=op, area=COMMUNITY) == 2
    assert undo_assigning(actor="test", op=op, area=COMMUNITY) == 0
    assert sorted(Duty.objects.values_list("state", flat=True)) == ["cancelled", "cancelled", "done"]


def test_a_door_of_two_campaigns_gets_one_duty_and_a_grid_without_worker_keeps_it() -> None:
    a_room("101", "own")
    started(), started()
    done = assign_gaps(actor="test", kind=BY_KEY["doors"], asked=HERE, keys=None, op=uuid4())
    assert (done.made, done.without_worker) == (1, 1)
    for more in ({"keys": []}, {"days": 0}, {"keys": [10**9]}):
        with pytest.raises(Unacceptable):
            assign_gaps(
                **{"actor": "test", "kind": BY_KEY["doors"], "asked": HERE, "keys": None, "op": uuid4()}
                | more
            )


def test_one_tap_on_the_page_sends_somebody_and_a_second_takes_it_back(logged_in) -> None:
    room = a_room("101", "own")
    worker(GRID)
    client, op = logged_in(secretary(COMMUNITY)), str(uuid4())
    page = client.get(reverse("campaigns:gaps"), {"kind": "unvisited", "area": COMMUNITY, "since_days": "x"})
    assert page.status_code == 200 and "从未走访" in page.content.decode()
    told = {"kind": "unvisited", "area": COMMUNITY, "op": op, "days": "7", "row": [str(room.pk)]}
    after = client.post(reverse("campaigns:gaps_assign"), told, follow=True).content.decode()
    assert "派了 1 个任务" in after and "撤销" in after
    assert (
        client.post(reverse("campaigns:gaps_assign"), told | {"days": "900"}, follow=True).status_code == 200
    )
    back = {"kind": "unvisited", "area": COMMUNITY, "op": op}
    assert (
        "撤销了 1 个任务" in client.post(reverse("campaigns:gaps_undo"), back, follow=True).content.decode()
    )
    assert client.post(reverse("campaigns:gaps_undo"), back | {"op": "x"}).status_code == 302
    book = client.get(reverse("campaigns:gaps_file"), {"kind": "unvisited", "area": COMMUNITY})
    assert book.status_code == 200 and book.content[:2] == b"PK"
