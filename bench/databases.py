"""Throw-away databases and homes: every measurement starts from the same empty district."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
SERVER = os.environ.get("WANGGE_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
WORKING = os.environ.get("WANGGE_BENCH_NAME", "wangge_bench")  # another one for a run beside another run
EMPTY, FULL = f"{WORKING}_empty", f"{WORKING}_full"
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


@dataclass
class Place:
    """A database to measure on. ``env`` is what a child process needs to find it."""

    kind: str  # sqlite | postgres
    home: Path
    name: str = WORKING
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.env = environment(self.home, self.name if self.kind == "postgres" else "")

    def renew(self) -> None:
        """Back to the empty district."""
        if self.kind == "postgres":
            drop(self.name)
            command("CREATE DATABASE {} TEMPLATE {}", self.name, EMPTY)
            return
        for path in self.home.glob("wangge.sqlite3*"):
            path.unlink()
        shutil.copyfile(self.home / "empty.sqlite3", self.home / "wangge.sqlite3")


def environment(home: Path, database: str) -> dict[str, str]:
    """Fixed keys, so that a database kept from an earlier run can be read."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WANGGE_", "DJANGO_"))}
    return kept | {
        "WANGGE_HOME": str(home),
        "WANGGE_DEMO": "1",  # the people of the files are invented
        "WANGGE_SECRET_KEY": "bench" * 12,
        "WANGGE_FIELD_KEYS": "1:" + "b5" * 32,
        "WANGGE_DATABASE_URL": f"{SERVER}/{database}" if database else "",
        "DJANGO_SETTINGS_MODULE": "wangge.site.settings",
        "PYTHONPATH": str(ROOT),
    }


def server_version() -> str:
    """The version of the PostgreSQL server, "" where none answers."""
    try:
        with psycopg.connect(f"{SERVER}/postgres", connect_timeout=3) as connection:
            return str(connection.info.server_version // 10000)
    except psycopg.OperationalError:
        return ""


def command(text: str, *names: str) -> None:
    """One statement about databases, on the maintenance database."""
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL(text).format(*map(sql.Identifier, names)))


def drop(name: str) -> None:
    if not name.startswith(WORKING):
        raise ValueError(f"{name} is not a database of the benchmarks")
    command("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@contextmanager
def throw_away(kind: str) -> Iterator[Place]:
    """An empty district of the product, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="wangge-bench-"))
    place = Place(kind, home)
    try:
        if kind == "postgres":
            drop(EMPTY)
            command("CREATE DATABASE {}", EMPTY)
            prepare(Place(kind, home, EMPTY).env)
        else:
            prepare(place.env)
            os.rename(home / "wangge.sqlite3", home / "empty.sqlite3")
        place.renew()
        yield place
    finally:
        if kind == "postgres":
            drop(WORKING)
            drop(EMPTY)
        shutil.rmtree(home, ignore_errors=True)


def prepare(env: dict[str, str]) -> None:
    """Tables and areas, without people."""
    subprocess.run([sys.executable, "-m", "bench.preparing"], cwd=ROOT, env=env, check=True)


def comment_on(name: str) -> str | None:
    """What an earlier run noted on a database; None where there is no such database."""
    query = "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s"
    with psycopg.connect(f"{SERVER}/postgres") as connection:
        found = connection.execute(query, [name]).fetchone()
    return found[0] if found else None


def note_on(name: str, text: str) -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Literal(text)))


def address_of(url: str) -> tuple[str, str]:
    """Host and database of an address, for messages (never the password)."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.path.lstrip("/")
