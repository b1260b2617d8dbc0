"""A person sees the answers about her, and of her household's only her own row."""

from __future__ import annotations

import pytest

from tests import cast
from wangge.engines.forms import actions
from wangge.engines.forms.answers import read_answer
from wangge.engines.forms.own_data import own_answers

from .home_cast import form, home, member, person_row, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def test_her_own_row_and_nobody_elses():
    version, (room, household) = form(), home()
    first, second = member(room, household, "林试"), member(room, household, "林验")
    xml = sheet(person_row(first.pk, name="林试", edu="high"), person_row(second.pk, name="林验"), area="70")
    actions.keep_answer(
        worker=cast.worker(), version=version, answer=read_answer(xml), files={}, about=household
    )
    [line] = own_answers(first).lines
    assert line.text == "入户检查" and "文化程度 高中" in line.clear
    assert "林验" not in line.clear and "面积" not in line.clear
    other = member(*home(door="202"), "林别")
    assert not own_answers(other).lines


def test_an_answer_about_her_is_hers_as_a_whole():
    version, (room, household) = form(), home()
    person = member(room, household, "林试")
    given = read_answer(sheet(area="70"))
    actions.keep_answer(worker=cast.worker(), version=version, answer=given, files={}, about=person)
    section = own_answers(person)
    assert "面积 70" in section.lines[0].clear and len(section.subjects) == 1
