"""wangge registry: counts as one object, refusals with reasons, wrong calls."""

import json

import pytest

from tests.registry.people.people_cast import COMMUNITY, demo_id
from wangge.foundation.territory.models import Area
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Person
from wangge.site.cli import main


@pytest.fixture
def peopled(db, everywhere):
    Area.objects.create(code=COMMUNITY, level="community", name="虚构社区")
    facts = {"name": "王小甲", "id_no": demo_id(3), "phone": "10000000001"}
    register_person(actor="cli", facts=facts, area=COMMUNITY)
    return Person.objects.get()


def test_count_prints_one_object(peopled, capsys):
    assert main(["registry", "count", "--area", COMMUNITY, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["area"], answer["persons"], answer["ties"]["lives"], answer["rooms"]) == (
        COMMUNITY,
        1,
        1,
        0,
    )


def test_an_unknown_area_is_refused(peopled, capsys):
    assert main(["registry", "count", "--area", "440799000000", "--json"]) == 1
    assert "440799000000" in json.loads(capsys.readouterr().out)["refused"][0]


@pytest.mark.parametrize("words", [["count"], ["count", "--area", "44"], ["count", "--area", "all"]])
def test_a_wrong_call_is_two(db, words):
    with pytest.raises(SystemExit) as left:
        main(["registry", *words])
    assert left.value.code == 2


def test_rotate_keys_says_what_it_did(peopled, capsys, settings):
    settings.FIELD_KEYS = "1:" + "5a" * 32 + ",2:" + "6b" * 32
    assert main(["registry", "rotate-keys", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["resealed"]["people.person.phone_sealed"] == 1


def test_rotate_keys_without_the_old_key_is_refused(peopled, capsys, settings):
    settings.FIELD_KEYS = "2:" + "6b" * 32
    assert main(["registry", "rotate-keys"]) == 1
    assert "密钥" in capsys.readouterr().err
