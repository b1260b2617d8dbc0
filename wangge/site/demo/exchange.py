"""A request of the demo to share data: asked by the community, agreed to by the street (S38)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wangge.foundation.access.models import User
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.exchange.actions.asking import Asked, ask, decide
from wangge.systems.exchange.models import ShareRequest

ASKER, AGREES = "shuji", "jiedao"
TERM = timedelta(days=90)


def make_shares(areas: dict[str, str], *, today: date) -> dict[str, int]:
    """One request that a list may be compared under; returns how many.

    Args:
        areas: codes of the demo grid, community, town and district, as ``demo_areas`` gives them.
    """
    asked = Asked(
        uuid.uuid5(uuid.NAMESPACE_URL, f"demo:share:{today}"), areas["community"], "辖区派出所（示例）",
        "示例：核对新增流动人口是否已登记", "示例：数据共享函，文号待配置", timezone.localdate() + TERM,
        ("name",), example=True,
    )  # fmt: skip
    with within(EVERYWHERE):
        share = ask(actor=_who(ASKER, "cli"), asked=asked, demo=True)
        decide(actor=_who(AGREES, "system"), share=share, agreed=True)
    return {"shares": 1}


def _who(login: str, other: str) -> Any:
    return User.objects.filter(username=login).first() or other


def remove_shares() -> None:
    """Take the demo's requests out again, with what was compared under them."""
    ShareRequest._base_manager.filter(demo=True).delete()
