"""All tables of an empty database at once, as the last migration leaves them.

Going there change by change makes Django build all models anew for each: a dozen seconds and more for a
hundred migrations. The functions that migrations run are run here as well, and all are noted as applied.
``tests/site/test_first_tables.py`` holds that both ways come to the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import StateApps


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether nothing was ever made in this database."""
    recorder = MigrationRecorder(connection)
    others = set(connection.introspection.table_names()) - {recorder.Migration._meta.db_table}
    return not others and not recorder.applied_migrations()


def lay_tables(connection: BaseDatabaseWrapper) -> None:
    """Make the tables in one transaction: a kill leaves the database as empty as it was."""
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    executor.recorder.ensure_schema()
    apps = executor.loader.project_state().apps
    with connection.schema_editor() as editor:
        _make_models(apps, editor)
        _run_functions(plan, apps, editor)
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)


def _make_models(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for model in apps.get_models():
        if model._meta.can_migrate(editor.connection):
            editor.create_model(model)
    while editor.deferred_sql:  # links between tables, before there are rows
        editor.execute(editor.deferred_sql.pop(0))


def _run_functions(plan: Iterable[Migration], apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for migration in plan:
        for operation in migration.operations:
            if isinstance(operation, RunPython):
                operation.code(apps, editor)
