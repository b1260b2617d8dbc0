"""The residents' pages speak English throughout; those of the console are asked in tests/walls."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.systems.incidents.incident_cast import closed, lay_shapes, reported
from wangge.foundation.territory.models import Setting

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[一-鿿]+")
DATA = {
    "巷口路灯不亮", "已经三天了", "灯已换好", "简体中文", "网格", "单位",
    "蓬江区", "甲街道", "乙街道", "甲一社区", "乙一社区",
}  # fmt: skip


def chinese_in(page: str) -> list[str]:
    """Chinese that is no data of these tests."""
    text = re.sub(r"(?s)<(script|style)[^>]*>.*?</\1>", "", page)
    return sorted(set(HAN.findall(text)) - DATA)


@pytest.mark.parametrize("address", ["/r/", "/r/mine/?receipt=", "/r/map", "/r/t/00000000000/", "track"])
def test_residents(client: Client, address: str) -> None:
    lay_shapes()
    Setting.objects.create(key="incidents.public_map", value=True, valid_from="2020-01-01")
    report = reported()
    closed(report.case)
    address = f"/r/t/{report.receipt}/" if address == "track" else address
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert chinese_in(page) == []
