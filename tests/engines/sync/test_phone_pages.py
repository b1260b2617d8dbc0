"""The page of the phones: who has one, what did not arrive, what was rejected, and what is done about it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.sync.sync_cast import Handset
from tests.foundation.photos.picture_cast import digest_of, jpeg
from wangge.engines.sync import handlers
from wangge.engines.sync.actions import note_wiped
from wangge.engines.sync.handlers import Done
from wangge.engines.sync.models import Operation, Phone
from wangge.foundation.access import actions as access
from wangge.foundation.access.models import Grant, Reading
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = pytest.mark.django_db
LIST = reverse("phones:list")


def test_an_empty_list_says_how_a_phone_gets_there(ground, logged_in):
    assert "还没有工作手机" in logged_in(cast.secretary()).get(LIST).content.decode()


def test_the_secretary_sees_what_is_missing_and_rejected_and_decides(phone, logged_in):
    number = "1000000" + "0001"
    picture = jpeg(3)
    told = [{"digest": digest_of(picture), "size": len(picture), "type": "image/jpeg"}]
    phone.record(), phone.record()  # still on the phone
    phone.send(phone.record(photos=told), phone.record("later.kind", {"words": f"打 {number} 找王姨"}))
    page = logged_in(cast.secretary())
    shown = page.get(LIST)
    (row, place), *none = shown.context["rows"]
    assert none == [] and (row.gaps, row.rejected, place) == (2, 1, "甲一网格")
    assert shown.context["waiting_number"] == 1 and "不认识" in shown.content.decode()
    detail = reverse("phones:phone", args=[row.pk])
    text = page.get(detail).content.decode()
    assert "1 张，1 张未到" in text and "有 2 条较早的记录还在手机上" in text and "王姨" in text
    assert number not in text
    with within(EVERYWHERE):
        assert Reading.objects.filter(subject_type="sync.phone", subject_id=str(row.pk)).count() == 1
    retry = reverse("phones:retry", args=[Operation._base_manager.get(state="rejected").pk])
    assert "仍未接受" in page.post(retry, follow=True).content.decode()
    handlers.register("later.kind", lambda incoming: Done(cast.GRID))
    assert "已接受" in page.post(retry, follow=True).content.decode()
    assert "已经处理过" in page.post(retry, follow=True).content.decode()
    revoke = reverse("phones:revoke", args=[row.pk])
    text = page.post(revoke, {"reason": "遗失"}, follow=True).content.decode()
    assert "已停用，等待清除" in text and "停用并清除" not in text
    assert phone.fetch().status_code == 403


def test_a_phone_follows_its_worker_and_is_wiped_once(phone, logged_in):
    """Whoever is responsible where she works now can stop it; what it sent elsewhere he does not see."""
    phone.send(phone.record())
    access.give_grant(actor="test", user=phone.user, role="grid_worker", area_code=cast.OTHER_GRID)
    Grant.objects.filter(user=phone.user, area_code=cast.GRID).update(valid_to=timezone.localdate())
    assert phone.register().status_code == phone.register().status_code == 200
    row = Phone._base_manager.get()
    assert row.area_code == cast.OTHER_GRID
    here = logged_in(cast.secretary(cast.OTHER_COMMUNITY)).get(reverse("phones:phone", args=[row.pk]))
    assert here.status_code == 200 and here.context["lines"] == []
    there = logged_in(cast.secretary()).get(reverse("phones:phone", args=[row.pk]))
    assert there.status_code == 404
    for _ in range(2):
        note_wiped(actor=phone.user, phone=row)
    kinds = Entry._base_manager.filter(subject_type="sync.phone").values_list("kind", flat=True)
    assert sorted(kinds) == ["phone.registered", "phone.registered", "phone.wiped"]


def test_three_phones_and_none_of_another_community(ground, logged_in):
    for grid in (cast.GRID, cast.GRID, cast.GRID, cast.OTHER_GRID):
        Handset(cast.worker(grid)).register()
    assert len(logged_in(cast.secretary()).get(LIST).context["rows"]) == 3
    stranger = Phone._base_manager.get(area_code=cast.OTHER_GRID)
    page = logged_in(cast.secretary())
    assert page.get(reverse("phones:phone", args=[stranger.pk])).status_code == 404
    worker = logged_in(cast.worker())
    own = Phone._base_manager.filter(area_code=cast.GRID).first()
    assert "停用并清除" not in worker.get(reverse("phones:phone", args=[own.pk])).content.decode()
