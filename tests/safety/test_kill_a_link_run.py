"""Real processes: a run of the matcher killed while it scores and while it writes, and two at once."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator

import pytest

from tests.safety.house import LEG, House, postgres

TWINS = 12
PEOPLED = f"""
from wangge.site.cli import everywhere, start_django
start_django()
from datetime import date, timedelta
from tests.registry.linkage.linkage_cast import number, somebody, strangers
with everywhere():
    strangers()
    for serial in range({TWINS}):
        born = date(1960, 1, 1) + timedelta(days=serial * 101)
        name = "赵钱孙李周"[serial % 5] + "双" + "甲乙丙丁戊己"[serial % 6]
        phone = f"100005{{serial:05d}}"
        somebody(name, birth=born, phone=phone, id_no=number(serial * 2 + 1, born), sex="1")
        somebody(name, birth=born, phone=phone[:-1] + str((serial + 1) % 10), sex="1")
"""
# The command, telling on stdout where it is; it stops there until it is killed or told to go on.
RUN = """
import sys
from wangge.site.cli import everywhere, start_django
start_django()
from wangge.registry.linkage import actions
from wangge.registry.linkage.actions import apply
stop, merge, done = sys.argv[1], apply._merge, []
def pause(where):
    if where == stop:
        print(where, flush=True)
        sys.stdin.readline()
def merged(*args):
    done.append(merge(*args))
    if len(done) == 5:
        pause("applying")
    return done[-1]
apply._merge = merged
with everywhere():
    try:
        run = actions.run_now(actor="cli", area_code="440703000000", engine="duckdb", tell=pause)
        print(run.state, run.counts.get("merged"), flush=True)
    except actions.Busy:
        print("busy", flush=True)
"""
LONG_SILENT = """
from wangge.site.cli import everywhere, start_django
start_django()
from datetime import timedelta
from django.utils import timezone
from wangge.registry.linkage.models import LinkRun
with everywhere():
    LinkRun.objects.filter(state="running").update(beat_at=timezone.now() - timedelta(minutes=5))
"""
STATE = """
import json
from wangge.site.cli import everywhere, start_django
start_django()
from django.apps import apps
from wangge.registry.linkage.models import LinkRun
kinds = ["people.Person", "people.Tie", "people.Merge", "people.Contradiction", "linkage.Pair"]
def rows(kind):
    return [str(row) for row in apps.get_model(kind)._base_manager.order_by("pk").values_list()]
with everywhere():
    print(json.dumps({
        "register": {kind: rows(kind) for kind in kinds},
        "runs": list(LinkRun.objects.order_by("pk").values_list("state", "problem")),
    }))
"""


@pytest.fixture(scope="module")
def pattern(tmp_path_factory) -> Iterator[dict[str, str]]:
    """Built and peopled once, and copied: on SQLite, or on PostgreSQL where there is one."""
    home = tmp_path_factory.mktemp("pattern")
    if LEG == "sqlite":
        House(home).build().must(PEOPLED)
        yield {"sqlite": str(home)}
        return
    with postgres() as address:
        if address:
            House(home, address).build().must(PEOPLED)
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


def state(house: House) -> dict:
    return json.loads(house.must(STATE))


def at(house: House, where: str):  # type: ignore[no-untyped-def]
    """A run that has come to this point and waits there."""
    process = house.start(RUN, where)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == where
    return process


@pytest.mark.parametrize("where", ["scoring", "applying"])
def test_a_killed_run_leaves_the_register_as_it_was_and_the_next_does_it_all(house, where):
    before = state(house)
    process = at(house, where)
    process.kill()
    process.communicate()
    killed = state(house)
    assert killed["register"] == before["register"]
    assert killed["runs"] == [["running", ""]]
    house.must(LONG_SILENT)
    assert house.must(RUN, "").split() == ["done", str(TWINS)]
    after = state(house)
    assert after["runs"] == [["failed", "stopped"], ["done", ""]]
    assert len(after["register"]["people.Merge"]) == TWINS
    assert house.must(RUN, "").split() == ["done", "0"]


def test_a_second_run_says_so_and_the_first_is_not_disturbed(house):
    first = at(house, "scoring")
    assert house.must(RUN, "").split() == ["busy"]
    said, wrong = first.communicate("go on\n", timeout=120)
    assert said.split() == ["done", str(TWINS)], wrong[-2000:]


def test_a_run_thought_dead_that_wakes_up_writes_nothing(house):
    asleep = at(house, "scoring")
    asleep.send_signal(signal.SIGSTOP)
    house.must(LONG_SILENT)
    assert house.must(RUN, "").split() == ["done", str(TWINS)]
    asleep.send_signal(signal.SIGCONT)
    asleep.communicate("go on\n", timeout=120)
    assert asleep.returncode != 0
    after = state(house)
    assert len(after["register"]["people.Merge"]) == TWINS
    assert [run[0] for run in after["runs"]] == ["failed", "done"]
