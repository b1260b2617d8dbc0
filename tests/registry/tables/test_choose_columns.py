"""A person says what columns mean; the answer is remembered and holds wherever the header stands."""

from __future__ import annotations

import pytest

from tests.cast import COMMUNITY, OTHER_COMMUNITY
from tests.registry.tables.blanks import WHO, blank, received
from wangge.registry.tables.actions import choose_columns
from wangge.registry.tables.models import ColumnMemory, TableRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]
DOUBTFUL = (*WHO, "登记日期", "楼长意见")


def test_what_is_asked_waits_for_an_answer_and_is_not_asked_again() -> None:
    request = received(COMMUNITY, blank(DOUBTFUL))
    assert (request.state, request.asked_columns, request.new_columns) == ("asking", 1, 1)
    chosen = choose_columns(actor="cli", request=request, answers={"登记表": {"G": "arrive_date"}})
    assert (chosen.state, chosen.asked_columns, chosen.mapping["登记表"]["G"]) == ("ready", 0, "arrive_date")
    again = received(COMMUNITY, blank((*DOUBTFUL, "备注")))
    assert again.state == "ready" and again.mapping["登记表"]["G"] == "arrive_date"
    assert received(OTHER_COMMUNITY, blank(DOUBTFUL)).state == "asking"
    assert ColumnMemory.objects.get().meaning == "arrive_date"


def test_a_column_may_be_left_empty() -> None:
    request = received(COMMUNITY)
    chosen = choose_columns(actor="cli", request=request, answers={"登记表": {"E": ""}})
    assert "phone" not in chosen.fields and (chosen.new_columns, chosen.mapping["登记表"]["E"]) == (
        0,
        "blank",
    )


@pytest.mark.parametrize("wrong", ["income", "mark:ufo", "member:x:name", "formula:"])
def test_what_is_no_meaning_is_refused(wrong: str) -> None:
    request = received(COMMUNITY)
    with pytest.raises(ValueError):
        choose_columns(actor="cli", request=request, answers={"登记表": {"E": wrong}})
    assert not ColumnMemory.objects.exists()


def test_another_unit_reads_the_headers_anew() -> None:
    request = received(COMMUNITY, blank(("姓名", "住址", "60岁以上")))
    assert request.mapping["登记表"]["C"] == "mark:age:60-"
    chosen = choose_columns(actor="cli", request=request, unit="household")
    assert (chosen.unit, chosen.mapping["登记表"]["C"]) == ("household", "count:age:60-")
    assert chosen.sheets[0]["unit"] == "household"


def test_conditions_that_make_it_another_request_lead_there() -> None:
    earlier = received(COMMUNITY, filters=["alone"])
    request = received(COMMUNITY)
    assert choose_columns(actor="cli", request=request, filters=["alone"]).pk == earlier.pk
    assert not TableRequest.objects.filter(pk=request.pk).exists()
