"""Publicity and education is tested in the small district."""

import pytest


@pytest.fixture(autouse=True)
def _stand(settings, tmp_path, ground):
    settings.HOME = tmp_path


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
