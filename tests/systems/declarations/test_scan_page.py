"""A worker scans or types, and learns what it is and whether it holds."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.declarations.verify_cast import a_declaration
from wangge.lib import signing
from wangge.lib.serials import new_code_number, new_receipt_number, receipt_value
from wangge.systems.declarations.models import ReportCode
from wangge.systems.declarations.queries.worklist_card import card_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
SCAN = "/field/scan/"


def a_code(**values) -> ReportCode:
    given = {
        "number": new_code_number(), "scope": "building", "area_code": cast.GRID, "label": "虚构花园1栋",
        "valid_from": timezone.localdate(),
    }  # fmt: skip
    return ReportCode.objects.create(**given | values)


def token_of(code: ReportCode, turn: int | None = None, ends=None) -> str:
    return signing.sign(signing.Token("C", int(code.number), turn or code.round, ends))


@pytest.fixture
def phone(logged_in):
    return logged_in(cast.worker())


def say(phone, text: str) -> str:
    return phone.post(SCAN, {"text": text}).content.decode()


def test_a_good_poster_says_where_it_hangs(phone):
    code = a_code()
    shown = say(phone, f"HTTPS://EXAMPLE.TEST/C/{token_of(code)}")
    assert "报备码" in shown and "虚构花园1栋" in shown and "有效</span>" in shown
    assert "签名未核对" in say(phone, code.number)


def test_the_poster_of_her_community_is_known_in_her_grid_and_that_of_another_is_not(phone):
    assert "有效</span>" in say(phone, token_of(a_code(area_code=cast.COMMUNITY)))
    assert "可能不在您的辖区" in say(phone, token_of(a_code(area_code=cast.OTHER_COMMUNITY)))
    assert "查不到这个号码" in say(phone, a_code(area_code=cast.OTHER_GRID).number)


@pytest.mark.parametrize(
    ("values", "turn", "said"),
    [
        ({"revoked_at": timezone.now(), "revoked_why": "海报丢失"}, None, "已作废"),
        ({"round": 2}, 1, "已换新码"),
        ({"valid_from": timezone.localdate() + timedelta(days=3)}, None, "还没到启用日期"),
        ({"valid_to": timezone.localdate() - timedelta(days=1)}, None, "已过有效期"),
    ],
)
def test_a_poster_that_does_not_hold_says_why(phone, values, turn, said):
    assert said in say(phone, token_of(a_code(**values), turn))


def test_an_ended_an_altered_and_a_foreign_token_are_told_apart(phone):
    code = a_code()
    good = token_of(code)
    assert "已过有效期" in say(phone, token_of(code, ends=timezone.now() - timedelta(hours=2)))
    altered = good[:20] + ("A" if good[20] != "A" else "B") + good[21:]
    assert "签名不对" in say(phone, altered)
    assert "不是报备码" in say(phone, "你好")
    assert "查不到这个号码" in say(phone, new_code_number())


def test_a_receipt_opens_its_declarations_by_scan_and_by_number(phone):
    number = new_receipt_number()
    row = a_declaration("令狐报", area_code=cast.GRID, receipt=number)
    token = signing.sign(signing.Token("R", receipt_value(number)))
    assert f"pk={row.pk}" in say(phone, token) and "令狐报" in say(phone, token)
    assert f"pk={row.pk}" in say(phone, number.lower())


def test_a_receipt_of_another_area_is_not_there(phone):
    number = new_receipt_number()
    a_declaration("令狐远", area_code=cast.OTHER_GRID, receipt=number)
    token = signing.sign(signing.Token("R", receipt_value(number)))
    assert "可能不在您的辖区" in say(phone, token) and "令狐远" not in say(phone, token)
    assert "查不到这个号码" in say(phone, number)


def test_the_call_back_card_leads_to_what_it_was_left_for(phone):
    row = a_declaration("令狐报", area_code=cast.GRID)
    assert f"pk={row.pk}" in say(phone, card_for(row)["token"])


def test_the_page_brings_the_public_keys_and_nothing_secret(phone):
    shown = phone.get(SCAN).content.decode()
    keys = re.search(r'<script id="keys" type="application/json">(.*?)</script>', shown)
    assert keys and json.loads(keys[1]) == {str(n): key for n, key in signing.public_keys().items()}
