"""Incidents are tested on the small district's ground; messages lie in a folder of the test."""

from __future__ import annotations

from typing import Any

import pytest

from wangge.lib.scoping import EVERYWHERE, within


@pytest.fixture(autouse=True)
def _stand(request: pytest.FixtureRequest, settings: Any, tmp_path: Any):
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    if request.node.get_closest_marker("django_db") is None:
        yield
        return
    request.getfixturevalue("ground")
    with within(EVERYWHERE):
        yield
