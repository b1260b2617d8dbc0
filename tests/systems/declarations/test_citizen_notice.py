"""The notice before declaring: the product's, or the district's own with its version."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.systems.declarations.intake import a_code
from tests.systems.declarations.test_citizen_form import filled, rows, the_form
from wangge.foundation.territory.actions import change_setting
from wangge.systems.declarations.queries.notice import KEY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
OWN = {"version": "蓬江-2026-2", "zh": "第一段。\n第二段。", "en": "First paragraph."}


def test_the_districts_own_notice_is_shown_and_its_version_kept(client: Client) -> None:
    change_setting(actor="test", key=KEY, value=OWN)
    code = a_code()
    page = client.get(the_form(code))
    assert "第二段。" in page.content.decode() and "第一责任人" not in page.content.decode()
    client.post(the_form(code), filled(page, **{"consent.notice": OWN["version"]}))
    assert rows()[0].notice_version == OWN["version"]


def test_who_reads_english_gets_it_in_english(client: Client) -> None:
    change_setting(actor="test", key=KEY, value=OWN)
    page = client.get(the_form(a_code()), headers={"Accept-Language": "en"}).content.decode()
    assert "First paragraph." in page and "第一段" not in page


def test_nobody_declares_without_agreeing(client: Client) -> None:
    code = a_code()
    answer = client.post(the_form(code), filled(client.get(the_form(code)), **{"consent.notice": ""}))
    assert answer.status_code == 422 and "同意" in answer.content.decode() and rows() == []


def test_agreement_to_an_older_notice_is_asked_again(client: Client) -> None:
    code = a_code()
    page = client.get(the_form(code))
    change_setting(actor="test", key=KEY, value=OWN)
    answer = client.post(the_form(code), filled(page))
    assert answer.status_code == 422 and "告知有了新的版本" in answer.content.decode() and rows() == []


def test_a_report_taken_before_the_notice_changed_keeps_its_receipt(client: Client) -> None:
    code = a_code()
    sent = filled(client.get(the_form(code)))
    first = client.post(the_form(code), sent)
    change_setting(actor="test", key=KEY, value=OWN)
    assert client.post(the_form(code), sent).url == first.url + "?again=1"
    assert len(rows()) == 1
