"""Hazards are tested in the small district, with the example checklists."""

import pytest

from tests.cast import DISTRICT
from wangge.systems.hazards.actions.pack import load_checklists


@pytest.fixture(autouse=True)
def _stand(settings, tmp_path, ground, everywhere):
    settings.HOME = tmp_path


@pytest.fixture(scope="session")
def _books():
    """The pack's workbooks are checked once for all tests: a process of its own each."""
    return {}


@pytest.fixture
def checklists(monkeypatch, _books):
    """The example checklists, given out in the district."""
    from wangge.engines.forms.actions import versions

    check_all = versions.check_all

    def once(contents, *more):
        key = tuple(contents)
        if key not in _books:
            _books[key] = check_all(contents, *more)
        return _books[key]

    monkeypatch.setattr(versions, "check_all", once)
    load_checklists(actor="test", area_code=DISTRICT)
