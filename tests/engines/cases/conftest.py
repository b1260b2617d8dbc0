"""Cases stand on the small district's ground."""

import pytest

from wangge.lib.scoping import EVERYWHERE, within


@pytest.fixture(autouse=True)
def _on_the_ground(request: pytest.FixtureRequest):
    if request.node.get_closest_marker("django_db") is None:
        yield
        return
    request.getfixturevalue("ground")
    with within(EVERYWHERE):
        yield
