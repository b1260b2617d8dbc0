"""The example forms of the field work."""

from __future__ import annotations

import pytest

from tests.cast import DISTRICT
from wangge.engines.forms.checking import Words, check
from wangge.engines.forms.models import Form
from wangge.engines.forms.queries import fact_keys, given_out
from wangge.systems.fieldwork.actions.campaigns_pack import load_forms
from wangge.systems.fieldwork.workbook import pack_forms
from wangge.systems.fieldwork.workbook.forms import ORDER

pytestmark = pytest.mark.usefixtures("ground", "everywhere")


def test_the_pack_is_loaded_and_published_once_and_every_form_says_that_it_is_an_example() -> None:
    made = load_forms(actor="test", area_code=DISTRICT)
    assert tuple(version.form.key for version in made) == ORDER
    assert set(given_out().values_list("form__key", flat=True)) == set(ORDER)
    assert all("示例" in form.title for form in Form.objects.all())
    assert load_forms(actor="test", area_code=DISTRICT) == []
    home = next(version for version in made if version.form.key == "three_asks_home")
    bound = {question["name"]: question["fact"] for question in home.questions if question["fact"]}
    assert bound == {"name": "name", "phone": "phone", "employer": "employer", "room_state": "room_state"}


def test_a_question_bound_to_no_fact_of_the_dictionary_is_a_fault() -> None:
    assert (
        check(pack_forms()[1].workbook, Words(fact_keys() - {"staff_number"})).faults[0].code
        == "unknown_fact"
    )
