"""Proofs are tested with an outbox of their own."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path, everywhere):
    settings.HOME = tmp_path
