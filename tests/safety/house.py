"""Installations of their own, with their real commands, for what only a real process can show."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from wangge.lib.identifiers import make_demo_id

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = "postgresql://postgres@127.0.0.1:5432"
# Installations are slow: each run of the suite makes them on its own database, as its name says.
LEG = "postgres" if os.environ.get("WANGGE_DATABASE_URL", "").startswith("postgres") else "sqlite"
COMMAND = "import sys; from wangge.site.cli import main; sys.exit(main())"
GROUND = """
from wangge.site.cli import everywhere, start_django
start_django()
from tests import cast
with everywhere():
    cast.lay_ground()
"""
# The import with small chunks, so that few rows show what many would; a line on stdout a chunk.
IMPORT = """
import sys
from wangge.site.cli import everywhere, start_django
start_django()
from pathlib import Path
from tests.cast import COMMUNITY
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.actions import commit
commit.CHUNK = int(sys.argv[2])
with everywhere():
    with open(sys.argv[1], "rb") as content:
        batch = actions.receive_file(
            actor="cli", area_code=COMMUNITY, name=Path(sys.argv[1]).name, content=content)
    print("received", flush=True)
    actions.commit_batch(actor="cli", batch=batch, progress=lambda rows: print(rows, flush=True))
"""
# What no state of the register may show, whatever was killed when.
STATE = """
import json
from wangge.site.cli import everywhere, start_django
start_django()
from django.db.models import Count
from wangge.registry.ledgers.models import Batch, Row
from wangge.registry.people.models import Person, Tie
with everywhere():
    twice = Person.objects.exclude(id_index=None).values("id_index").annotate(n=Count("pk")).filter(n__gt=1)
    print(json.dumps({
        "people": Person.objects.count(),
        "untied": Person.objects.filter(ties=None).count(),
        "twice": twice.count(),
        "same": Person.objects.values("name", "birth", "phone_index").annotate(n=Count("pk"))
                .filter(n__gt=1).count(),
        "rows": Row.objects.count(),
        "astray": Row.objects.exclude(person_id=None).exclude(
            person_id__in=Person._base_manager.values("pk")).count(),
        "ties": Tie.objects.count(),
        "batches": list(Batch.objects.order_by("pk").values_list("state", "done_rows", "rows")),
    }))
"""


class House:
    """An installation under ``home``, on SQLite or on a database of its own."""

    def __init__(self, home: Path, database: str = "", **env: str) -> None:
        self.home = home
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("WANGGE_")}
        self.env |= {"WANGGE_HOME": str(home), "WANGGE_TEST": "1", "PYTHONPATH": str(ROOT)} | env
        self.env["DJANGO_SETTINGS_MODULE"] = "wangge.site.settings"
        if database:
            self.env["WANGGE_DATABASE_URL"] = database

    def start(self, program: str, *args: str) -> subprocess.Popen:
        """A program as a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-c", program, *args], env=self.env, cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, program: str, *args: str) -> subprocess.CompletedProcess:
        """A program to its end, whatever its exit code."""
        return subprocess.run(
            [sys.executable, "-c", program, *args], env=self.env, cwd=ROOT,
            capture_output=True, text=True, timeout=180,
        )  # fmt: skip

    def wangge(self, *args: str) -> subprocess.CompletedProcess:
        """A command of the product."""
        return self.run(COMMAND, *args)

    def must(self, program: str, *args: str) -> str:
        """A program that has to succeed; its output."""
        done = self.run(program, *args)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def build(self) -> House:
        """The tables, and a district to stand on."""
        done = self.wangge("manage", "migrate", "--verbosity", "0")
        assert done.returncode == 0, done.stderr[-3000:]
        self.must(GROUND)
        return self

    def state(self) -> dict[str, Any]:
        """The figures of ``STATE``."""
        return json.loads(self.must(STATE))


@contextmanager
def postgres(like: str = "") -> Iterator[str]:
    """A database of its own on the machine's PostgreSQL, a copy of ``like``, dropped afterwards; "" where
    there is no server."""
    import psycopg

    try:
        server = psycopg.connect(f"{POSTGRES}/postgres", autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        yield ""
        return
    name = f"wangge_safety_{uuid.uuid4().hex[:10]}"
    with server:
        server.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {like.rpartition('/')[2]}" if like else ""))
        try:
            yield f"{POSTGRES}/{name}"
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


HEADS = ("姓名", "身份证号", "性别", "出生日期", "联系电话", "现住址", "与户主关系", "文化程度")


def somebody(number: int) -> tuple[str, ...]:
    """A line about the invented person with this number; every fifth has no id number."""
    born = date(1950, 1, 1) + timedelta(days=number * 7 % 20_000)
    order = number % 500 * 2 + 1
    id_no = make_demo_id("999703", born, order) if number % 5 else ""
    home = f"虚构路{number // 4 % 90 + 1}号{number // 360 + 1}栋{number % 4 + 1}01"
    name = "赵钱孙李周吴郑王"[number % 8] + "试" + "甲乙丙丁戊己庚辛壬癸"[number // 8 % 10]
    return (
        name,
        id_no,
        "男",
        str(born),
        f"100{number:08d}",
        home,
        "户主" if number % 4 == 0 else "子",
        "本科",
    )


def write_ledger(path: Path, numbers: Iterable[int]) -> Path:
    """A csv ledger of these invented people."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(HEADS)
        out.writerows(somebody(number) for number in numbers)
    return path
