"""Everything that names a person, found by looking."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from ..models import Person

Link = tuple[type[models.Model], str]
# Links that tell the history of a row itself never move: who was merged into whom, and what the row's status
# was when.
HISTORY = frozenset(
    {
        "people.person.merged_into",
        "people.merge.kept",
        "people.merge.absorbed",
        "people.departure.person",
    }
)


def links() -> dict[str, Link]:
    """Every foreign key to a person in all installed apps, many-to-many tables included, by
    "app.model.field"; found by looking, so that a new model is moved without anybody remembering."""
    return {
        f"{model._meta.label_lower}.{field.name}": (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.remote_field is not None and field.remote_field.model is Person
    }
