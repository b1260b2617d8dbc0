"""Whistles are tested in the small district."""

import pytest


@pytest.fixture(autouse=True)
def _stand(settings, tmp_path, ground, everywhere):
    settings.HOME = tmp_path
