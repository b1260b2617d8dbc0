"""The board stands on the small district's ground."""

import pytest

from wangge.engines.cases import kinds
from wangge.engines.cases.queries.procedures import by_pk
from wangge.lib.scoping import EVERYWHERE, within


@pytest.fixture(autouse=True)
def _on_the_ground(request: pytest.FixtureRequest, settings, tmp_path):
    if request.node.get_closest_marker("django_db") is None:
        yield
        return
    settings.HOME = tmp_path
    request.getfixturevalue("ground")
    by_pk.cache_clear()  # keys of rows that were rolled back are given again
    with within(EVERYWHERE):
        yield
    kinds.forget("tried")
