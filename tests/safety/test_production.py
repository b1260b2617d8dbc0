# ruff: noqa: E501  (tables and long strings of the cases)
"""A real installation outside demo mode: what it refuses to run with, and which people it refuses."""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.safety.house import COMMAND, LEG, ROOT, House, write_ledger
from wangge.lib.identifiers import make_demo_id

pytestmark = pytest.mark.skipif(
    LEG == "postgres", reason="installations on SQLite whatever the suite runs on: the run on SQLite has them"
)
GOOD = {"WANGGE_SECRET_KEY": "k" * 50, "WANGGE_FIELD_KEYS": f"1:{'c3' * 32}", "WANGGE_HTTPS": "0"}
DEFAULTS = [
    {},
    {"WANGGE_SECRET_KEY": "k" * 50},
    {"WANGGE_FIELD_KEYS": f"1:{'c3' * 32}"},
    {"WANGGE_SECRET_KEY": "not-a-secret", "WANGGE_FIELD_KEYS": f"1:{'c3' * 32}"},
    {"WANGGE_SECRET_KEY": "short", "WANGGE_FIELD_KEYS": f"1:{'c3' * 32}"},
    {"WANGGE_SECRET_KEY": "k" * 50, "WANGGE_FIELD_KEYS": f"1:{'5a' * 32}"},
    {"WANGGE_SECRET_KEY": "k" * 50, "WANGGE_FIELD_KEYS": f"1:{'c3' * 32},2:{'5A' * 32}"},
]
REGISTER = """
import sys
from wangge.site.cli import everywhere, start_django
start_django()
from tests.cast import GRID
from wangge.registry.people import actions
from wangge.registry.people.rules import Declined
with everywhere():
    try:
        actions.register_person(actor="cli", facts={"name": "某人", "id_no": sys.argv[1]}, area=GRID)
    except Declined as why:
        print(why.code)
"""


def production(home: Path, **env: str) -> House:
    """An installation that is neither a demo nor a test."""
    house = House(home, **env)
    house.env["WANGGE_TEST"] = house.env["WANGGE_DEMO"] = "0"
    return house


@pytest.fixture
def house(tmp_path) -> House:
    return production(tmp_path / "home", **GOOD)


@pytest.mark.parametrize("env", DEFAULTS, ids=range(len(DEFAULTS)))
@pytest.mark.parametrize(
    "command", [("serve", "--port", "18931"), ("worker", "--once")], ids=["serve", "worker"]
)
def test_does_not_start_with_a_default_secret(tmp_path, env, command):
    said = production(tmp_path / "home", **env).wangge(*command)
    assert said.returncode == 1
    assert "WANGGE_SECRET_KEY" in said.stderr and "Traceback" not in said.stderr


def test_the_web_application_itself_does_not_load_with_a_default_secret(tmp_path):
    said = production(tmp_path / "home").run("import wangge.site.wsgi")
    assert said.returncode != 0 and "WANGGE_SECRET_KEY" in said.stderr


def test_the_doctor_tells_what_to_do_about_it(tmp_path):
    said = production(tmp_path / "home").wangge("doctor")
    assert said.returncode == 1 and "wangge setup" in said.stdout and "Traceback" not in said.stderr


def test_starts_with_secrets_of_its_own(house):
    assert house.wangge("manage", "migrate", "--verbosity", "0").returncode == 0


class TestDemoPeople:
    @pytest.fixture
    def house(self, house) -> House:
        return house.build()

    def test_are_refused_by_the_importer(self, house, tmp_path):
        ledger = write_ledger(tmp_path / "台账.csv", [1, 2, 3])
        said = house.wangge("ledger", "import", str(ledger), "--area", "440703002001", "--json")
        assert said.returncode in (0, 1)
        count = house.must(
            "from wangge.site.cli import everywhere, start_django\nstart_django()\n"
            "from wangge.registry.people.models import Person\n"
            "with everywhere(): print(Person.objects.exclude(id_index=None).count(),"
            " Person.objects.exclude(phone_index='').count())"
        )
        assert count.split() == ["0", "0"]

    def test_are_refused_by_the_register(self, house):
        number = make_demo_id("999703", date(1980, 1, 2), 3)
        assert house.must(REGISTER, number).strip() not in ("", "0")


class TestAtRest:
    def test_neither_the_database_nor_the_uploads_hold_an_id_or_a_phone_in_clear(self, tmp_path):
        house = House(tmp_path / "home").build()
        numbers = [make_demo_id("999703", date(1980, 1, 2), order) for order in (3, 5)]
        phones = ["10034343434", "10056565656"]
        lines = ["姓名,身份证号,联系电话,现住址", *[
            f"甲乙丙{'丁戊'[at]},{numbers[at]},{phones[at]},虚构路{at + 1}号101" for at in (0, 1)
        ], "甲坏行,999703198001020000,1003434,虚构路1号101"]  # fmt: skip
        ledger = tmp_path / "台账.csv"
        ledger.write_text("\n".join(lines), encoding="utf-8")
        said = house.wangge("ledger", "import", str(ledger), "--area", "440703002001", "--json")
        assert said.returncode == 0
        house.must(
            "from wangge.site.cli import everywhere, start_django\nstart_django()\n"
            "from wangge.registry.people.models import Person\n"
            f"with everywhere(): assert Person.objects.get(name='甲乙丙丁').phone == '{phones[0]}'"
        )
        files = [path for path in house.home.rglob("*") if path.is_file()]
        assert any(path.suffix.startswith(".sqlite3") for path in files)
        assert any(path.parent.name == "uploads" for path in files), "a file with errors is kept, sealed"
        for path in files:
            content = path.read_bytes()
            for secret in (*numbers, *phones, "999703198001020000"):
                assert secret.encode() not in content, path.name
                assert secret.encode("utf-16-le") not in content, path.name
            assert "甲坏行".encode() not in content or path.suffix.startswith(".sqlite3"), path.name
        assert not list((house.home / "tmp").iterdir())

    def test_what_the_folders_of_people_hold_is_for_the_owner_alone(self, tmp_path):
        house = House(tmp_path / "home").build()
        ledger = write_ledger(tmp_path / "台账.csv", range(3))
        house.wangge("ledger", "import", str(ledger), "--area", "440703002001")
        for name in ("uploads", "tmp"):
            assert (house.home / name).stat().st_mode & 0o077 == 0, name

    def test_keys_are_changed_and_the_old_one_is_no_longer_needed(self, tmp_path):
        old, new = "1:" + "ab" * 32, "2:" + "cd" * 32
        house = House(tmp_path / "home", WANGGE_FIELD_KEYS=old).build()
        ledger = write_ledger(tmp_path / "台账.csv", range(40))
        args = ("ledger", "import", str(ledger), "--area", "440703002001", "--json")
        assert house.wangge(*args).returncode == 0
        before = _sealed(house)
        house.env["WANGGE_FIELD_KEYS"] = f"{old},{new}"
        for more in ((), ("--index", "2")):
            said = house.wangge("registry", "rotate-keys", *more)
            assert said.returncode == 0, said.stderr
        after = _sealed(house)
        assert len(before) == len(after) > 40 and not before & after
        house.env["WANGGE_FIELD_KEYS"] = new
        clear = "from wangge.site.cli import everywhere, start_django\nstart_django()\n" \
                "from wangge.registry.people.models import Person\n" \
                "from wangge.registry.people.queries import search_people\n" \
                "with everywhere():\n" \
                "    for one in Person.objects.all(): assert one.phone.startswith('100') and one.id_no is not None\n" \
                "    print(Person.objects.count(), search_people('10000000007').count())"  # fmt: skip
        assert house.must(clear).split() == ["40", "1"]
        again = write_ledger(tmp_path / "又.csv", range(40))
        again.write_text(again.read_text(encoding="utf-8-sig") + "\n", encoding="utf-8")
        assert house.wangge(*args[:2], str(again), *args[3:]).returncode == 0
        assert house.must(clear).split()[0] == "40"
        assert house.wangge("journal", "verify").returncode == 0

    def test_a_change_by_sql_is_named(self, tmp_path):
        house = House(tmp_path / "home").build()
        ledger = write_ledger(tmp_path / "台账.csv", range(10))
        house.wangge("ledger", "import", str(ledger), "--area", "440703002001")
        house.wangge("worker", "--once")
        assert house.wangge("journal", "verify").returncode == 0
        with sqlite3.connect(house.home / "wangge.sqlite3") as direct:
            ids = [pk for (pk,) in direct.execute("SELECT id FROM journal_entry ORDER BY id")]
            direct.execute("UPDATE journal_entry SET actor = 'nobody' WHERE id IN (?, ?)", (ids[1], ids[2]))
        said = house.wangge("journal", "verify")
        assert said.returncode == 1 and f"第 {ids[1]} 行" in said.stderr


def _sealed(house: House) -> set[str]:
    """Every sealed or blind value of people in the database."""
    with sqlite3.connect(house.home / "wangge.sqlite3") as direct:
        rows = direct.execute("SELECT id_sealed, id_index, phone_sealed, phone_index FROM people_person")
        return {value for row in rows for value in row if value}


WRONG = [
    (["nonsense"], 2), ([], 2), (["ledger"], 2), (["ledger", "import"], 2), (["ledger", "import", "x.xlsx"], 2),
    (["ledger", "import", "no-such.xlsx", "--area", "440703002001"], 1),
    (["ledger", "import", "no-such.xlsx", "--area", "110000000000"], 2),
    (["ledger", "import", "README.md", "--area", "x"], 2),
    (["ledger", "import", "{ledger}", "--area", "440703002001", "--map", "nonsense"], 2),
    (["ledger", "import", "{ledger}", "--area", "440703002001", "--map", "姓名=nonsense"], 2),
    (["ledger", "import", "{ledger}", "--area", "440703002001", "--as-of", "yesterday"], 2),
    (["ledger", "import", "{ledger}", "--area", "440703002001", "--report", "/nowhere/at/all.xlsx"], 0),
    (["ledger", "import", "{folder}", "--area", "440703002001"], 1),
    (["ledger", "export", "--ledger", "常住", "--area", "440703002001", "--out", "x.doc"], 2),
    (["ledger", "export", "--ledger", "不存在", "--area", "440703002001", "--out", "x.csv"], 2),
    (["ledger", "export", "--ledger", "常住", "--area", "440703002001", "--out", "/dev/null/at/all.csv"], 1),
    (["ledger", "export", "--ledger", "常住", "--area", "999999999999", "--out", "{folder}/x.csv"], 1),
    (["ledger", "export", "--ledger", "常住", "--area", "440703002001", "--out", "{folder}/x.csv", "--unmasked"], 2),
    (["registry", "count", "--area", "999999999999", "--json"], 1),
    (["district", "load", "999999"], 1), (["user", "create"], 2), (["journal", "verify", "--root", "zz"], 1),
    (["serve", "--port", "seventy"], 2),
]  # fmt: skip


@pytest.fixture(scope="module")
def stand(tmp_path_factory) -> House:
    return House(tmp_path_factory.mktemp("stand")).build()


@pytest.mark.parametrize(
    ("args", "code"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else value
)
def test_a_wrong_call_says_what_is_wrong_in_words(stand, tmp_path, args, code):
    ledger = write_ledger(tmp_path / f"{secrets.token_hex(4)}.csv", [int(secrets.token_hex(2), 16) % 900])
    given = [arg.format(ledger=ledger, folder=tmp_path) for arg in args]
    said = stand.wangge(*given)
    assert said.returncode == code, (said.stdout[-500:], said.stderr[-1500:])
    assert "Traceback" not in said.stderr
    assert code == 0 or said.stdout.strip() or said.stderr.strip()


def test_a_database_that_is_not_there_is_said_in_words(tmp_path):
    house = House(tmp_path / "home", "postgresql://nobody@127.0.0.1:1/none")
    for command in (
        ["journal", "verify"],
        ["registry", "count", "--area", "440703002001"],
        ["worker", "--once"],
    ):
        said = house.wangge(*command)
        assert said.returncode == 1 and "Traceback" not in said.stderr and said.stderr.strip(), said.stderr[
            -800:
        ]


def test_an_installation_without_tables_is_said_in_words(tmp_path):
    house = House(tmp_path / "home")
    for command in (["journal", "verify"], ["registry", "count", "--area", "440703002001"]):
        said = house.wangge(*command)
        assert said.returncode == 1 and "Traceback" not in said.stderr and "setup" in said.stderr, (
            said.stderr[-800:]
        )


def test_the_command_is_the_one_that_is_installed():
    found = Path(sys.executable).parent / "wangge"
    if not found.exists():
        pytest.skip("the package is not installed in this environment")
    said = subprocess.run([found], env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert said.returncode == 2 and "main" in COMMAND
