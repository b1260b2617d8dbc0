"""A browser without account that proves phones."""

from __future__ import annotations

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from wangge.foundation.proofs.models import Allowance
from wangge.systems.groups import actions
from wangge.systems.groups.models import Group
from wangge.systems.groups.queries.invitations import token_of


def hidden(answer: HttpResponse) -> dict[str, str]:
    """The hidden fields of the code page, and the code it shows in demo mode."""
    page = answer.content.decode()
    found = {
        name: html.unescape(value)
        for name, value in re.findall(r'type="hidden" name="(carried|proof)" value="([^"]*)"', page)
    }
    shown = re.search(r"data-shown-code>(\d{6})<", page)
    return found | {"code": shown[1] if shown else ""}


def again_at_once() -> None:
    """The minute between two codes is over."""
    Allowance.objects.all().delete()


def entered(phone: str, client: Client | None = None) -> Client:
    """A browser in which this phone was proved; needs ``settings.DEMO``."""
    browser = client or Client()
    again_at_once()
    answer = browser.post("/groups/enter/", {"phone": phone})
    assert answer.status_code == 200, answer.content.decode()
    assert browser.post("/groups/code/", hidden(answer)).status_code == 302
    return browser


def proved(browser: Client, address: str, said: dict[str, Any], code_at: str) -> HttpResponse:
    """Post a form, then its code to ``code_at``."""
    again_at_once()
    return browser.post(code_at, hidden(browser.post(address, said)), follow=True)


def invited(group: Group) -> str:
    """The address of a fresh invitation."""
    return f"/groups/join/{token_of(actions.issue_invitation(actor='test', group=group))}/"
