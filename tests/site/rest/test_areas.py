"""The API's areas: within reach only, and only for who may look at areas."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import cast
from wangge.lib.scoping import Reach

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ground(everywhere: Reach) -> None:
    """Two towns of one district, each with a community and a grid."""
    cast.lay_ground()


def test_lists_the_areas_in_reach(logged_in: Callable[..., Client]) -> None:
    answer = logged_in(cast.officer()).get("/api/v1/areas").json()
    assert [area["code"] for area in answer["areas"]] == [cast.TOWN, cast.COMMUNITY, cast.GRID]


def test_somebody_without_the_right_is_refused(logged_in: Callable[..., Client]) -> None:
    assert logged_in(cast.nobody()).get("/api/v1/areas").status_code == 403


def test_nobody_signed_in_is_401() -> None:
    assert Client().get("/api/v1/areas").status_code == 401


def test_health_answers_anybody() -> None:
    assert Client().get("/api/v1/health").json()["status"] == "ok"
