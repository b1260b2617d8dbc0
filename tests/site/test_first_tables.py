"""All tables at once are the tables that the migrations make one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.safety.house import LEG, House, postgres

STEP_BY_STEP = """
from wangge.site.cli import start_django
start_django()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), verbosity=0, interactive=False)
"""
SHAPE = """
import json
from wangge.site.cli import start_django
start_django()
from django.db import connection

def asked(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted([str(cell) for cell in row] for row in cursor.fetchall())

def told(table):
    sql = asked(f"SELECT sql FROM sqlite_master WHERE name = '{table}'")[0][0]
    return sql[sql.index("(") + 1 : sql.rindex(")")]

shape = {}
tables = sorted(connection.introspection.table_names())
if connection.vendor == "postgresql":
    shape["columns"] = asked('''SELECT table_name, column_name, udt_name, character_maximum_length,
        is_nullable, column_default, is_identity, generation_expression, collation_name
        FROM information_schema.columns WHERE table_schema = 'public' ''')
    shape["constraints"] = asked("SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), condeferred "
        "FROM pg_constraint WHERE connamespace = 'public'::regnamespace")
    shape["indexes"] = asked("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")
    shape["statistics"] = asked("SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext")
    shape["sequences"] = asked("SELECT sequencename, data_type, start_value FROM pg_sequences")
    shape["triggers"] = asked("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")
else:
    for table in tables:
        shape[table] = [
            sorted(row[1:] for row in asked(f'PRAGMA table_xinfo("{table}")')),
            sorted(row[2:] for row in asked(f'PRAGMA foreign_key_list("{table}")')),
            asked(f"SELECT name, sql FROM sqlite_master WHERE tbl_name = '{table}' AND type <> 'table'"),
            sorted(told(table).split(", ")),
        ]
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, table)
        kinds = ("columns", "primary_key", "unique", "foreign_key", "check", "index")
        shape[table].append(sorted(str([rule[kind] for kind in kinds]) for rule in found.values()))
shape["rows"] = {table: asked(f'SELECT count(*) FROM "{table}"') for table in tables}
shape["applied"] = asked("SELECT app, name FROM django_migrations")
print(json.dumps(shape))
"""


@pytest.fixture
def houses(tmp_path: Path) -> Iterator[list[House]]:
    if LEG == "sqlite":
        yield [House(tmp_path / name) for name in ("at_once", "step_by_step")]
        return
    with postgres() as one, postgres() as other:
        yield [House(tmp_path / "at_once", one), House(tmp_path / "step_by_step", other)]


def test_both_ways_come_to_the_same(houses: list[House]) -> None:
    at_once, step_by_step = houses
    done = at_once.wangge("manage", "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr[-3000:]
    step_by_step.must(STEP_BY_STEP)
    ours, theirs = (json.loads(house.must(SHAPE)) for house in houses)
    assert len(ours["rows"]) > 150, "an empty database is no proof"
    assert ours["rows"]["ledgers_standard"] == [["4"]], "what migrations write is written"
    assert different(ours, theirs) == {}


def different(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, list[str]]:
    """What stands in one only, by part."""
    parts = {name: (lines_of(ours.get(name)), lines_of(theirs.get(name))) for name in ours | theirs}
    return {name: sorted(one ^ other)[:9] for name, (one, other) in parts.items() if one != other}


def lines_of(part: Any) -> set[str]:
    return set(map(str, part.items() if isinstance(part, dict) else part or ()))
