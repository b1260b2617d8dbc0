"""Handlers of these tests, taken back afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import shapely

from tests import cast
from tests.engines.sync.pull_cast import SECOND
from tests.engines.sync.sync_cast import Handset
from wangge.engines.sync import handlers, sections
from wangge.foundation.territory.models import Area, GridShape


@pytest.fixture(autouse=True)
def _own_handlers(settings, tmp_path) -> Iterator[None]:
    """The engine by itself: what systems send down stays out."""
    settings.MEDIA_ROOT = tmp_path
    held, sent, more = dict(handlers._handlers), dict(sections._sections), dict(sections._extensions)
    for name, section in sent.items():
        if section.reader.__module__.startswith("wangge.systems."):
            del sections._sections[name]
    sections._extensions.clear()
    yield
    for table, before in (
        (handlers._handlers, held), (sections._sections, sent), (sections._extensions, more)
    ):  # fmt: skip
        table.clear()
        table.update(before)


@pytest.fixture
def phone(ground: None) -> Handset:
    """A grid worker's phone, registered."""
    made = Handset(cast.worker())
    assert made.register().status_code == 200
    return made


@pytest.fixture
def second(ground) -> Area:
    """Another grid of the community, beside the first."""
    for code, west in ((cast.GRID, 113.05), (SECOND, 113.07)):
        made, _new = Area.objects.get_or_create(
            code=code, defaults={"level": "grid", "kind": "general", "name": "丙网格", "parent_id": code[:12]}
        )
        box = json.dumps(shapely.geometry.mapping(shapely.box(west, 22.6, west + 0.02, 22.62)))
        GridShape.objects.create(grid=made, polygon=box, area_m2=1)
    return made
