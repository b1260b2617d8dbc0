"""A system may keep what is said in its cases to itself: the engine asks it who is admitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests import cast
from tests.engines.cases.case_cast import TRIED, a_matter, step
from tests.engines.cases.page_cast import shown, take
from wangge.engines.cases import kinds
from wangge.engines.cases.actions import open_case
from wangge.engines.cases.actions.confiding import SAID
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.worklist import steps_for
from wangge.foundation.access.rules import Refused, Unacceptable

pytestmark = pytest.mark.django_db
KEPT: dict[UUID, str] = {}
ADMITTED: set[int] = set()


def keep(*, actor: object, case: Case, op: UUID, words: str) -> None:
    KEPT[op] = words


@pytest.fixture(autouse=True)
def _whispering() -> Iterator[None]:
    KEPT.clear()
    ADMITTED.clear()
    quiet = kinds.Confidential(lambda actor, case: actor.pk in ADMITTED, keep, lambda case: dict(KEPT))
    kinds.register(replace(TRIED, confidential=quiet, pages={"verify": "cases:show"}))
    yield
    kinds.register(TRIED)


@pytest.fixture
def case() -> Case:
    return open_case(actor=cast.worker(), matter=a_matter())


def admit(user):
    ADMITTED.add(user.pk)
    return user


def test_the_chain_holds_what_proves_the_words_and_not_the_words(case):
    first = case.steps.get()
    assert (case.words, first.words) == ("", "") and first.data[SAID]
    assert {case.op: "三天没有清"} == KEPT


def test_the_same_words_again_are_the_same_step_and_others_are_refused(case):
    secretary, op = admit(cast.secretary()), uuid4()
    first = step(case, "refuse", secretary, op=op, words="不归我们管")
    assert step(case, "refuse", secretary, op=op, words="不归我们管") == first
    with pytest.raises(Unacceptable):
        step(case, "refuse", secretary, op=op, words="别的")


def test_who_is_not_admitted_reads_nothing_and_does_nothing(case, logged_in):
    secretary = cast.secretary()
    assert steps_for(secretary, case) == []
    with pytest.raises(Refused):
        step(case, "file", secretary, level="third")
    page = shown(logged_in(secretary), case)
    assert "三天没有清" not in page and "只给承办的人看" in page
    admit(secretary)
    assert "三天没有清" in shown(logged_in(secretary), case)
    step(case, "file", secretary, level="third")


def test_the_machine_goes_on_by_itself(case):
    step(case, "file", "clock", level="third", words="到时")
    assert case.steps.get(key="file").words == ""


def test_a_step_with_a_page_of_its_own_is_taken_there(case, logged_in):
    secretary = admit(cast.secretary())
    answer = take(logged_in(secretary), case, "verify", words="绕过去")
    assert answer.status_code == 302 and not case.steps.filter(key="verify").exists()
