"""A code proves one phone for one purpose, within minutes and few tries, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from tests.foundation.proofs.proof_cast import PHONE, PURPOSE, other_than, sent
from wangge.foundation.journal.models import Entry
from wangge.foundation.proofs import actions
from wangge.foundation.proofs.models import Proof
from wangge.foundation.proofs.rules import NotProved
from wangge.lib.sealing import blind

pytestmark = pytest.mark.django_db


def refusal(key, code, purpose=PURPOSE) -> str:
    with pytest.raises(NotProved) as refused:
        actions.check_code(key, code, purpose=purpose)
    return refused.value.code


def test_the_right_code_names_the_phone():
    proof, code = sent()
    assert actions.check_code(proof.key, f" {code[:3]} {code[3:]} ", purpose=PURPOSE) == blind(PHONE)
    assert Entry.objects.filter(kind="proof.given").count() == 1


def test_the_same_code_at_once_is_the_same_use():
    proof, code = sent()
    first = actions.check_code(str(proof.key), code, purpose=PURPOSE)
    assert actions.check_code(str(proof.key), code, purpose=PURPOSE) == first
    assert Entry.objects.filter(kind="proof.given").count() == 1


def test_later_it_is_used_up():
    proof, code = sent()
    actions.check_code(proof.key, code, purpose=PURPOSE)
    Proof.objects.update(proved_at=timezone.now() - timedelta(minutes=2))
    assert refusal(proof.key, code) == "over"


def test_it_proves_nothing_for_another_purpose():
    proof, code = sent()
    assert refusal(proof.key, code, "test.dissolve") == "over"
    assert actions.check_code(proof.key, code, purpose=PURPOSE)


def test_it_ends_after_its_minutes():
    proof, code = sent()
    assert proof.ends_at - proof.made_at == timedelta(minutes=5)
    Proof.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert refusal(proof.key, code) == "over"


def test_a_wrong_code_says_how_many_tries_are_left():
    proof, code = sent()
    with pytest.raises(NotProved) as refused:
        actions.check_code(proof.key, other_than(code), purpose=PURPOSE)
    assert (refused.value.code, "4" in refused.value.message) == ("wrong", True)


def test_after_five_wrong_tries_the_right_code_proves_nothing():
    proof, code = sent()
    answers = [refusal(proof.key, other_than(code)) for _try in range(5)]
    assert answers == ["wrong"] * 4 + ["over"]
    assert refusal(proof.key, code) == "over"


NOBODYS = "6038134e-1d91-4c02-9e26-185739988c19"


@pytest.mark.parametrize("key", ["", "not-a-key", NOBODYS, "'; --"])
def test_a_key_that_is_none_answers_as_one_that_is_over(key):
    assert refusal(key, "123456") == "over"


@pytest.mark.parametrize("code", ["", "1" * 5000, "١٢٣٤٥٦", "\x00"])
def test_what_is_no_code_is_wrong(code):
    assert refusal(sent()[0].key, code) == "wrong"


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_do_not_outrun_the_limit():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    proof, code = sent()

    def guess(_number: int) -> str:
        try:
            actions.check_code(proof.key, other_than(code), purpose=PURPOSE)
        except NotProved as refused:
            return refused.code
        finally:
            connections.close_all()
        return "proved"

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(guess, range(12)))
    assert set(answers) <= {"wrong", "over"}
    assert answers.count("wrong") <= 4
    assert Proof.objects.get().tries == 5
