"""Real processes: killed in the middle of an import, and several of them at once."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator

import pytest

from tests import cast
from tests.safety.house import IMPORT, LEG, House, postgres, write_ledger

PEOPLE = 600
CLEAN = {"untied": 0, "twice": 0, "same": 0, "astray": 0}
BY_HAND = """
import sys
from wangge.site.cli import everywhere, start_django
start_django()
from datetime import date
from tests.safety.house import somebody
from tests.cast import GRID
from wangge.registry.people import actions
print("ready", flush=True)
sys.stdin.readline()
with everywhere():
    for number in range(int(sys.argv[1]), int(sys.argv[2])):
        name, id_no, _sex, born, phone, *_rest = somebody(number)
        facts = {"name": name, "id_no": id_no, "birth": date.fromisoformat(born), "phone": phone}
        actions.register_person(actor="cli", facts=facts, area=GRID, answer="new" if not id_no else None)
"""
REQUEST = """
import sys
from wangge.site.cli import everywhere, start_django
start_django()
from datetime import timedelta
from django.utils import timezone
from tests.cast import COMMUNITY
from wangge.registry.ledgers import actions
with everywhere():
    with open(sys.argv[1], "rb") as content:
        batch = actions.receive_file(actor="cli", area_code=COMMUNITY, name="台账.csv", content=content)
    actions.plan_batch(actor="cli", batch=batch)
    actions.request_commit(actor="cli", batch=batch)
"""
WORKER = """
import sys
from wangge.site.cli import start_django, main
start_django()
from wangge.registry.ledgers.actions import commit
commit.CHUNK = 50
written = commit._record_chunk
def tell(*args):
    written(*args)
    print("chunk", flush=True)
commit._record_chunk = tell
sys.exit(main(["worker"]))
"""
PLAN = REQUEST.replace("actions.plan_batch", "actions.request_plan").replace(
    '    actions.request_commit(actor="cli", batch=batch)\n', ""
)
PLANNER = (
    WORKER.replace("import commit\n", "import plan\n")
    .replace("commit.CHUNK", "plan.CHUNK")
    .replace("commit._record_chunk", "plan._note")
)
LEASE_OUT = """
from wangge.site.cli import start_django
start_django()
from datetime import timedelta
from django.utils import timezone
from wangge.foundation.journal.models import Delivery
Delivery.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
"""


@pytest.fixture(scope="module")
def pattern(tmp_path_factory) -> Iterator[dict[str, str]]:
    """Built once and copied: a home on SQLite, or a database on PostgreSQL where there is one."""
    home = tmp_path_factory.mktemp("pattern")
    if LEG == "sqlite":
        House(home).build()
        yield {"sqlite": str(home)}
        return
    with postgres() as address:
        if address:
            House(home, address).build()
        yield {"postgres": address}


@pytest.fixture(params=[LEG])
def house(request, pattern, tmp_path) -> Iterator[House]:
    if request.param == "sqlite":
        shutil.copytree(pattern["sqlite"], tmp_path / "home")
        yield House(tmp_path / "home")
        return
    if not pattern["postgres"]:
        pytest.skip("needs PostgreSQL on 127.0.0.1:5432")
    with postgres(like=pattern["postgres"]) as address:
        yield House(tmp_path / "home", address)


def held(house: House) -> dict:
    state = house.state()
    assert {name: state[name] for name in CLEAN} == CLEAN
    return state


def whole(house: House) -> None:
    said = house.wangge("journal", "verify", "--seal")
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("chunks", [0, 3])
def test_an_import_killed_in_the_middle_goes_on_and_comes_to_the_same(house, tmp_path, chunks):
    ledger = write_ledger(tmp_path / "台账.csv", range(PEOPLE))
    killed = house.start(IMPORT, str(ledger), "50")
    assert killed.stdout is not None
    for _line in range(chunks + 2):  # "received", and a chunk each
        killed.stdout.readline()
    killed.kill()
    killed.communicate()
    before = held(house)
    assert before["people"] < PEOPLE
    house.must(IMPORT, str(ledger), "50")
    after = held(house)
    assert after["people"] == PEOPLE and after["rows"] == PEOPLE
    assert after["batches"] == [["done", PEOPLE, PEOPLE]]
    house.must(IMPORT, str(ledger), "50")
    assert held(house) == after
    whole(house)


def test_an_import_asked_for_in_the_web_survives_its_worker(house, tmp_path):
    ledger = write_ledger(tmp_path / "台账.csv", range(PEOPLE))
    house.must(REQUEST, str(ledger))
    worker = house.start(WORKER)
    assert worker.stdout is not None
    for _line in range(4):
        worker.stdout.readline()
    worker.kill()
    worker.communicate()
    assert held(house)["people"] < PEOPLE
    house.must(LEASE_OUT)
    assert house.wangge("worker", "--once").returncode == 0
    after = held(house)
    assert after["people"] == after["rows"] == PEOPLE and after["batches"] == [["done", PEOPLE, PEOPLE]]
    whole(house)


def test_a_dry_run_asked_for_in_the_web_survives_its_worker(house, tmp_path):
    ledger = write_ledger(tmp_path / "台账.csv", range(PEOPLE))
    house.must(PLAN, str(ledger))
    worker = house.start(PLANNER)
    assert worker.stdout is not None
    for _line in range(4):
        assert worker.stdout.readline() == "chunk\n"
    worker.kill()
    worker.communicate()
    [[state, done, rows]] = held(house)["batches"]
    assert state == "planning" and 0 < done < rows
    house.must(LEASE_OUT)
    assert house.wangge("worker", "--once").returncode == 0
    after = held(house)
    assert after["batches"] == [["planned", 0, PEOPLE]] and after["people"] == after["rows"] == 0
    whole(house)


def test_two_imports_of_the_same_people_at_once_make_each_of_them_once(house, tmp_path):
    one = write_ledger(tmp_path / "一.csv", range(400))
    other = write_ledger(tmp_path / "二.csv", range(200, 600))
    both = [house.start(IMPORT, str(path), "50") for path in (one, other)]
    for process in both:
        _said, wrong = process.communicate(timeout=120)
        assert process.returncode == 0, wrong[-2000:]
    assert held(house)["people"] == PEOPLE
    whole(house)


def test_the_same_file_imported_twice_at_once_is_written_once(house, tmp_path):
    ledger = write_ledger(tmp_path / "台账.csv", range(PEOPLE))
    house.must(REQUEST, str(ledger))
    both = [house.start(IMPORT, str(ledger), "50") for _again in range(2)]
    for process in both:
        _said, wrong = process.communicate(timeout=120)
        assert process.returncode == 0, wrong[-2000:]
    after = held(house)
    assert after["people"] == after["rows"] == PEOPLE


def test_people_registered_by_hand_during_an_import_exist_once(house, tmp_path):
    ledger = write_ledger(tmp_path / "台账.csv", range(PEOPLE))
    hand = house.start(BY_HAND, "300", "420")
    assert hand.stdout is not None and hand.stdin is not None
    hand.stdout.readline()
    importing = house.start(IMPORT, str(ledger), "50")
    assert importing.stdout is not None
    importing.stdout.readline()
    hand.stdin.write("go\n")
    hand.stdin.flush()
    for process in (hand, importing):
        _said, wrong = process.communicate(timeout=120)
        assert process.returncode == 0, wrong[-2000:]
    state = house.state()
    assert state["twice"] == state["untied"] == state["astray"] == 0
    assert json.loads(house.wangge("registry", "count", "--area", cast.COMMUNITY, "--json").stdout)
    assert state["people"] >= PEOPLE
    whole(house)


def test_what_a_killed_import_left_in_clear_is_swept(house, tmp_path):
    ledger = write_ledger(tmp_path / "台账.csv", range(3000))
    reading = house.start(IMPORT.replace("commit.CHUNK", "import time; commit.CHUNK"), str(ledger), "50")
    folder, until = house.home / "tmp", time.monotonic() + 30
    while not list(folder.glob("clear-*")) if folder.exists() else True:
        assert time.monotonic() < until and reading.poll() is None
    reading.kill()
    reading.communicate()
    left = list(folder.iterdir())
    house.must(SWEEP_LATER)
    assert left and not [path for path in left if path.exists()]


SWEEP_LATER = """
import os, time
from pathlib import Path
from wangge.site.cli import everywhere, start_django
start_django()
from django.conf import settings
from wangge.registry.ledgers.actions.tidy import sweep_files
for path in (Path(settings.HOME) / "tmp").iterdir():
    os.utime(path, (time.time() - 120,) * 2)
with everywhere():
    sweep_files()
"""
