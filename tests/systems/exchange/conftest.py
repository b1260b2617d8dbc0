"""Data exchange is tested in the small district."""

import pytest


@pytest.fixture(autouse=True)
def _stand(settings, tmp_path, ground):
    settings.HOME = tmp_path
