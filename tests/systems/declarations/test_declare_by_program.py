"""A program with a key declares in its own name and inside its area; a bad key is no resident."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests import cast
from tests.foundation.clients.clients_cast import calling, program
from tests.systems.declarations.intake import a_code, a_payload
from wangge.foundation.journal.models import Entry
from wangge.systems.declarations.models import Declaration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
DOOR = "/api/v1/declarations"


def send(by, payload):
    return by.post(DOOR, json.dumps(payload), content_type="application/json")


def a_program(*scopes: str, area: str = cast.TOWN):
    made = program(area, scopes=list(scopes), per_minute=1000)
    return made[0], calling(made[1])


def test_it_stands_in_the_trail_under_its_name():
    held, by = a_program("declarations.write")
    assert send(by, a_payload(a_code().number)).status_code == 201
    assert Declaration.objects.get().channel == "api"
    assert Entry.objects.get(kind="declaration.submitted").actor == f"client:{held.name}"


def test_without_the_scope_it_is_refused():
    _held, by = a_program("declarations.read")
    assert send(by, a_payload(a_code().number)).status_code == 403
    assert not Declaration.objects.exists()


def test_outside_its_area_nothing_is_taken():
    _held, by = a_program("declarations.write")
    answer = send(by, a_payload(a_code(cast.OTHER_GRID).number))
    assert answer.status_code == 422 and list(answer.json()["errors"]) == ["code"]


def test_a_bad_key_is_refused_although_residents_need_none():
    assert send(calling("wg_00000000_nonsense"), a_payload(a_code().number)).status_code == 401
    assert send(Client(), a_payload(a_code().number)).status_code == 201
