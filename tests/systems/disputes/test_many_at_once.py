"""Several at the same moment: one is first, the others are told; one op is one record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from tests import cast
from tests.systems.disputes.dispute_cast import a_dispute, a_matter, drafted, mediating, said
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.disputes.actions.handlers import take_on
from wangge.systems.disputes.actions.sessions import record_session
from wangge.systems.disputes.models import Agreement, Handler, Mediator, Party, Session

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other"),
]
MANY = 6


def at_once(act: Callable[[int], Any]) -> Counter[str]:
    """What became of ``MANY`` who do it together, each on a connection of its own."""

    def one(number: int) -> str:
        try:
            with within(EVERYWHERE):
                act(number)
            return "done"
        except (Refused, Unacceptable) as why:
            return type(why).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return Counter(pool.map(one, range(MANY)))


def test_of_mediators_who_save_at_once_one_is_first_and_the_others_are_told() -> None:
    secretary = cast.secretary()
    case = mediating(secretary)
    told = [said(secretary) for _each in range(MANY)]
    got = at_once(
        lambda at: record_session(actor=secretary, case=case, told=told[at], seen=case.version)
    )  # fmt: skip
    assert got == {"done": 1, "Stale": MANY - 1} and Session.objects.count() == 1


def test_one_sitting_sent_by_many_is_one() -> None:
    secretary = cast.secretary()
    case, told = mediating(secretary), said(secretary)
    assert at_once(lambda _at: record_session(actor=secretary, case=case, told=told)) == {"done": MANY}
    assert (Session.objects.count(), Mediator.objects.count()) == (1, 1)


def test_one_dispute_sent_by_many_is_one() -> None:
    secretary, op = cast.secretary(), a_matter().op
    assert at_once(lambda _at: a_dispute(secretary, op=op)) == {"done": MANY}
    assert (Case.objects.count(), Party.objects.count(), Handler.objects.count()) == (1, 2, 1)


def test_one_takes_it_on_and_the_others_are_refused() -> None:
    case, people = a_dispute(), [cast.secretary() for _each in range(MANY)]
    assert at_once(lambda at: take_on(actor=people[at], case=case)) == {"done": 1, "Refused": MANY - 1}
    assert Handler.objects.filter(until=None).count() == 1


def test_of_drafts_kept_at_once_one_is_first() -> None:
    secretary = cast.secretary()
    case = mediating(secretary)
    ops = [uuid4() for _each in range(MANY)]
    assert at_once(lambda at: drafted(case, secretary, op=ops[at])) == {"done": 1, "Stale": MANY - 1}
    assert Agreement.objects.get().terms.count() == 2
