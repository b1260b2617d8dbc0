"""Disputes are tested in the small district."""

import pytest

from wangge.engines.cases.queries.procedures import by_pk


@pytest.fixture(autouse=True)
def _stand(request, settings, tmp_path):
    if request.node.get_closest_marker("django_db") is None:
        return
    request.getfixturevalue("ground")
    request.getfixturevalue("everywhere")
    settings.HOME = tmp_path
    by_pk.cache_clear()  # keys of rows that were rolled back are given again
