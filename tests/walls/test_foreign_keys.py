"""Foreign keys point down the floors. String keys escape the import linter; this does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

# The building from the ground up; systems and engines are floors of independent apps.
FLOORS = (
    "wangge.foundation.journal",
    "wangge.foundation.territory",
    "wangge.foundation.access",
    "wangge.foundation",
    "wangge.registry.people",
    "wangge.registry.ledgers",
    "wangge.registry.tables",
    "wangge.registry",
    "wangge.engines",
    "wangge.systems",
    "wangge.insight",
    "wangge.flows",
    "wangge.site",
)


def floor_of(module: str) -> int:
    """The floor of an app; packages (Django's, allauth's) are the ground: -1."""
    if not module.startswith("wangge."):
        return -1
    found = [at for at, floor in enumerate(FLOORS) if module == floor or module.startswith(f"{floor}.")]
    assert found, f"{module} stands on no floor"
    return min(found)


def goes_wrong(here: str, there: str) -> bool:
    """Whether a key from app ``here`` to app ``there`` points up or sideways."""
    return here != there and floor_of(there) >= floor_of(here)


def keys() -> Iterator[tuple[str, str, str]]:
    for model in apps.get_models():
        here = apps.get_app_config(model._meta.app_label).name
        if not here.startswith("wangge."):
            continue
        for field in model._meta.get_fields():
            points = isinstance(field, models.ForeignKey | models.ManyToManyField)
            if points and not isinstance(field.related_model, str):
                there = apps.get_app_config(field.related_model._meta.app_label).name
                yield f"{model._meta.label}.{field.name}", here, there


def test_every_foreign_key_points_down():
    assert [name for name, here, there in keys() if goes_wrong(here, there)] == []


def test_the_register_has_keys_at_all():
    assert len(list(keys())) > 3


@pytest.mark.parametrize(
    ("here", "there", "wrong"),
    [
        ("wangge.registry.people", "wangge.foundation.access", False),
        ("wangge.registry.ledgers", "wangge.registry.people", False),
        ("wangge.foundation.access", "django.contrib.auth", False),
        ("wangge.registry.people", "wangge.registry.people", False),
        ("wangge.registry.people", "wangge.registry.ledgers", True),
        ("wangge.foundation.journal", "wangge.foundation.access", True),
        ("wangge.systems.tours", "wangge.systems.hazards", True),
        ("wangge.engines.cases", "wangge.systems.tours", True),
    ],
)
def test_the_wall_tells_up_from_down(here, there, wrong):
    assert goes_wrong(here, there) is wrong
