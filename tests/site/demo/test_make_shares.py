"""The demo's request to share data: asked below, agreed to above, marked as an example; and out again."""

from __future__ import annotations

import pytest

from tests.demo_ground import COMMUNITY, TODAY
from wangge.site.demo.exchange import make_shares, remove_shares
from wangge.site.demo.ground import Ground
from wangge.site.demo.users import demo_areas, make_users
from wangge.systems.exchange.models import ShareRequest

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def test_the_community_asks_the_street_agrees_and_it_goes_again(ground: Ground) -> None:
    make_users(ground)
    assert make_shares(demo_areas(ground), today=TODAY) == {"shares": 1}
    share = ShareRequest._base_manager.get()
    assert (share.asked_by, share.decided_by, share.state) == ("shuji", "jiedao", "approved")
    assert share.area_code == COMMUNITY and share.example and "示例" in share.office + share.purpose
    remove_shares()
    assert not ShareRequest._base_manager.exists()
