"""Taking the demo people and everything that names them out of the register again."""

from __future__ import annotations

from django.apps import apps
from django.db import connection, models, transaction

from wangge.foundation.journal import actions as journal
from wangge.registry.people.models import Building, Estate, Household, Organisation, Person, Room, Tie
from wangge.registry.rights.models import RightsRequest
from wangge.systems.declarations.models import Declaration, ReportCode
from wangge.systems.groups.models import Group

from .disputes import remove_disputes
from .education import remove_education
from .exchange import remove_shares
from .fieldwork import remove_fieldwork
from .hazards import remove_hazards
from .incidents import remove_incidents
from .orders import remove_orders
from .rows import Note
from .tours import remove_tours
from .whistles import remove_whistles

DEMO_MODELS: tuple[type[models.Model], ...] = (
    RightsRequest, Group, Declaration, ReportCode, Person, Household, Organisation, Room, Building, Estate,
)  # fmt: skip


@transaction.atomic
def remove_demo(note: Note = lambda title, done, total: None) -> int:
    """Delete all demo rows; rows of others that name them are deleted or let go. Users stay.

    Returns:
        How many demo people were removed.
    """
    people = Person._base_manager.filter(demo=True).count()
    if not people:
        return 0
    remove_orders()
    remove_tours()
    remove_education()
    remove_whistles()
    remove_incidents()
    remove_disputes()
    remove_shares()
    remove_hazards()
    remove_fieldwork()
    steps = [(model, field) for model in DEMO_MODELS for field in _links_to(model)]
    for number, (model, field) in enumerate(steps):
        _let_go(model, field)
        note("删除演示数据", number, len(steps) + len(DEMO_MODELS))
    for number, model in enumerate(DEMO_MODELS):
        _run(f"DELETE FROM {_quoted(model._meta.db_table)} WHERE demo")
        note("删除演示数据", len(steps) + number + 1, len(steps) + len(DEMO_MODELS))
    journal.record("demo.removed", actor="cli", area="", data={"people": people})
    return people


def _links_to(target: type[models.Model]) -> list[models.ForeignKey]:
    """Foreign keys of other tables, and of non-demo rows, to a demo model; Tie first, it is the longest."""
    found = [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.model is target
    ]
    return sorted(found, key=lambda field: field.model is not Tie)


def _let_go(target: type[models.Model], field: models.ForeignKey) -> None:
    """Rows that cannot be without the demo row go with it; others forget it."""
    table, column = _quoted(field.model._meta.db_table), _quoted(field.column)
    demo = f"SELECT id FROM {_quoted(target._meta.db_table)} WHERE demo"
    if field.null and field.model is not Tie:
        _run(f"UPDATE {table} SET {column} = NULL WHERE {column} IN ({demo})")
    else:
        _run(f"DELETE FROM {table} WHERE {column} IN ({demo})")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
