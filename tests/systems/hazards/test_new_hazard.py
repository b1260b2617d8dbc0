"""A hazard is registered without a checklist; what is like it is shown first."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from tests import cast
from tests.engines.cases.case_cast import a_unit
from wangge.engines.cases.models import Case
from wangge.systems.hazards.enums import SYSTEM
from wangge.systems.hazards.sweeps import tell_authorities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
ADDRESS = "hazards:new"


def told(**more):
    return {"op": str(uuid4()), "kind": "gas", "title": "楼下堆了煤气瓶", "words": "二十多瓶",
            "area": cast.GRID, "level": "larger"} | more  # fmt: skip


def test_it_gets_a_number_and_stands_in_the_list(logged_in):
    client, form = logged_in(cast.secretary()), told()
    assert client.get(reverse(ADDRESS)).status_code == 200
    for _again in range(2):
        assert client.post(reverse(ADDRESS), form).status_code == 302
    case = Case._base_manager.get(system=SYSTEM)
    assert (case.kind, case.level, case.area_code, case.source) == ("gas", "larger", cast.GRID, "office")
    assert case.title in client.get(reverse("hazards:list")).content.decode()


def test_one_that_is_like_it_is_shown_before_a_number_is_given(logged_in):
    client = logged_in(cast.secretary())
    client.post(reverse(ADDRESS), told())
    page = client.post(reverse(ADDRESS), told())
    assert page.status_code == 200 and "不是同一件" in page.content.decode()
    assert Case._base_manager.count() == 1
    assert client.post(reverse(ADDRESS), told(looked="1")).status_code == 302
    assert Case._base_manager.count() == 2


def test_nonsense_is_told_and_nothing_is_lost(logged_in):
    client = logged_in(cast.secretary())
    page = client.post(reverse(ADDRESS), told(kind="nothing", area=""))
    assert page.status_code == 422 and "楼下堆了煤气瓶" in page.content.decode()
    assert logged_in(cast.secretary()).post(reverse(ADDRESS), told(area=cast.OTHER_GRID)).status_code == 422
    assert not Case._base_manager.exists()


def test_the_authority_of_a_major_one_is_told_by_the_sweep(logged_in):
    a_unit("燃气办", classes=["gas"])
    logged_in(cast.secretary()).post(reverse(ADDRESS), told(level="major"))
    assert tell_authorities() == 1 and tell_authorities() == 0
