"""Contacts of reporters open after a rotation of keys, without the old one."""

from __future__ import annotations

import json

import pytest

from tests.engines.cases.case_cast import opened
from wangge.engines.cases.actions.opening import Reporter
from wangge.engines.cases.models import Case, Follower
from wangge.engines.cases.models.case import REPORTER
from wangge.lib.sealing import unseal
from wangge.registry.people.actions import reseal_all

pytestmark = pytest.mark.django_db
OLD, NEW = "1:" + "a1" * 32, "2:" + "b2" * 32


def test_after_a_rotation_contacts_open_without_the_old_key(settings):
    settings.FIELD_KEYS = OLD
    opened(reporter=Reporter("江小萍", "10012345678"))
    settings.FIELD_KEYS = f"{OLD},{NEW}"
    done = reseal_all(actor="cli")
    assert done["cases.case.reporter_sealed"] == done["cases.follower.contact_sealed"] == 1
    settings.FIELD_KEYS = NEW
    for sealed in (Case._base_manager.get().reporter_sealed, Follower.objects.get().contact_sealed):
        assert json.loads(unseal(sealed, REPORTER)) == ["江小萍", "10012345678"]
