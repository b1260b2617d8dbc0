"""After the certificate no byte of a planted value is left: in the database, its storage, the files.

On a SQLite file the whole runs in processes of its own, each killed inside the next step; on PostgreSQL every
file of the database is read.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.foundation.orders import orders_cast as orders
from tests.foundation.orders import planting
from wangge.foundation.orders import actions
from wangge.foundation.orders.enums import Step
from wangge.foundation.orders.models import Closing
from wangge.foundation.orders.queries.remains import make_needles, search_everywhere

ROOT = Path(__file__).resolve().parents[3]
IN_CLEAR = {"row", "row_address", "index", "file", "export"}  # the others lie under seal from the start


class Installation:
    """See ``installation.py``."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {
            **os.environ,
            "WANGGE_HOME": str(home),
            "WANGGE_TEST": "1",
            "PYTHONPATH": str(ROOT),
        }
        self.environment["DJANGO_SETTINGS_MODULE"] = "wangge.site.settings"
        self.environment.pop("WANGGE_DATABASE_URL", None)

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        script = str(Path(__file__).with_name("installation.py"))
        command = [sys.executable, script, *args]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)

    def digests(self) -> bytes:
        """What the closing noted of the values, as it stands in the database."""
        with closing(sqlite3.connect(self.home / "wangge.sqlite3")) as database:
            return bytes(database.execute("SELECT check_digests FROM orders_closing").fetchone()[0])

    def cli(self, *args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from wangge.site.cli import main; raise SystemExit(main())", *args]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)


@pytest.mark.skipif(bool(os.environ.get("WANGGE_DATABASE_URL")), reason="the SQLite leg")
def test_on_a_sqlite_file_with_a_kill_inside_every_step(tmp_path):
    there = Installation(tmp_path)
    planted = there.run("plant")
    assert planted.returncode == 0, planted.stderr
    assert set(json.loads(there.run("where").stdout)) >= IN_CLEAR, "the look must be able to see them"
    for step in Step:
        if step != Step.DONE:
            assert there.run("close", step).returncode == -9, f"not killed in {step}"
    done = there.run("close")
    assert done.returncode == 0, done.stderr
    assert json.loads(there.run("where").stdout) == {}
    known = tmp_path / "known.txt"
    known.write_text("\n".join(planting.PLANTED.values()), encoding="utf-8")
    told = there.cli("order", "verify", orders.NUMBER, "--values", str(known), "--json")
    assert told.returncode == 0, told.stdout + told.stderr
    found = json.loads(there.cli("order", "verify", orders.NUMBER, "--json").stdout)
    assert (found["clean"], [one["where"] for one in found["found"]]) == (False, ["known.txt"])
    known.unlink()
    digests = there.digests()
    assert len(digests) > 20 and digests in (tmp_path / "wangge.sqlite3").read_bytes()
    second = json.loads(there.cli("order", "verify", orders.NUMBER, "--json").stdout)
    assert second["clean"] and second["second"] and second["looked_for"] >= 2
    assert there.digests() == b"", "the second verification forgets what it searched by"
    for path in tmp_path.glob("wangge.sqlite3*"):
        assert digests[:40] not in path.read_bytes(), path.name


@pytest.mark.skipif(not os.environ.get("WANGGE_DATABASE_URL"), reason="the PostgreSQL leg")
def test_on_postgresql_in_every_file_of_the_database(lasting_ground):
    planting.make_search_table()
    try:
        planting.register()
        order = orders.started()
        planting.plant(order)
        assert set(planting.still_there()) >= IN_CLEAR, "the look must be able to see them"
        actions.close_order(actor="test", order=order)
        assert planting.still_there() == {}
        verdict = actions.verify_order(actor="test", order=order, values=planting.PLANTED.values())
        assert verdict.clean, verdict.report.found
        assert verdict.report.looked["storage_bytes"] > 1_000_000
    finally:
        planting.drop_search_table()


def test_the_search_of_the_product_sees_every_way_in(lasting_ground, home):
    planting.make_search_table()
    try:
        planting.register()
        planting.plant(orders.started())
        for route in sorted(IN_CLEAR | {"row_sealed", "amended"}):
            report = search_everywhere(make_needles([planting.PLANTED[route]]))
            assert report.found, f"nothing found of {route}"
        for route in ("kept", "replaced", "trail"):
            assert not search_everywhere(make_needles([planting.PLANTED[route]])).found, route
    finally:
        planting.drop_search_table()


def test_the_statistics_of_postgresql_forget_frequent_values(lasting_ground):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    planting.make_search_table()
    try:
        planting.register()
        order = orders.started()
        planting.plant(order)
        actions.close_order(actor="test", order=order)
        assert "statistics_kept" not in Closing.objects.get(order=order).limits
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = %s", [planting.SEARCH])
            assert cursor.fetchone()[0] == 0
    finally:
        planting.drop_search_table()
