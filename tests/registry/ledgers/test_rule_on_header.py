"""A header is ruled to be a known fact, or not to be admitted; the district remembers it."""

from __future__ import annotations

import pytest

from tests.registry.ledgers.admit_cast import water
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.registry.ledgers.actions.admission import decline_header, map_header
from wangge.registry.ledgers.mapping import propose

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def test_a_header_mapped_to_a_known_fact_is_remembered_for_every_unit():
    map_header(actor="test", header="单位（个人）联络方式", fact="phone", asked_by="水务局")
    assert propose(["姓名", "单位（个人）联络方式"], [])[1].fact == "phone"
    assert Entry.objects.get(kind="header.mapped").data["fact"] == "phone"


def test_a_header_of_what_may_never_be_known_is_mapped_to_nothing():
    with pytest.raises(Unacceptable, match="民族不在登记册之内"):
        map_header(actor="test", header="民族", fact="native_place", asked_by="水务局")


def test_a_declined_header_says_why_the_next_time():
    decline_header(actor="test", header="爱好", reason="服务用不到", asked_by="文旅局")
    dropped = propose(["姓名", "爱好"], [])[1]
    assert dropped.dropped_code == "declined"
    assert "服务用不到" in dropped.dropped_reason


def test_a_decision_can_be_taken_anew():
    decline_header(actor="test", header="水源", reason="没有依据", asked_by="水务局")
    field = water()
    map_header(actor="test", header="水源", fact=field.code, asked_by="水务局")
    assert propose(["水源"], [])[0].fact == field.code
