"""Groups are tested in the small district, with an outbox of their own."""

import pytest


@pytest.fixture(autouse=True)
def _stand(settings, tmp_path, ground, everywhere):
    settings.HOME = tmp_path
