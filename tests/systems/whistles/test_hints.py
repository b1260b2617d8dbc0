"""The field asks for a whistle; it is blown, or put aside with a reason, once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.whistles.whistle_cast import a_unit, blown, hinted, member
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.systems.whistles.actions.hinting import put_aside
from wangge.systems.whistles.models import Hint, Whistle
from wangge.systems.whistles.queries.hints import open_hints
from wangge.systems.whistles.retention import forget_old

pytestmark = pytest.mark.django_db


def test_it_is_kept_once_for_whoever_runs_the_area():
    op = uuid4()
    assert hinted(op=op) == hinted(op=op)
    assert open_hints(cast.secretary()).count() == 1
    for other in (cast.secretary(cast.OTHER_COMMUNITY), cast.worker(), member()):
        assert not open_hints(other).exists()


def test_a_whistle_answers_it_and_no_second_one():
    hint, unit = hinted(), a_unit("城管")
    row = blown(unit, hint=hint)
    hint.refresh_from_db()
    assert hint.whistle == row and hint.answered_at and not open_hints(cast.secretary()).exists()
    with pytest.raises(Unacceptable, match="已经有人处理过"):
        blown(unit, hint=hint)
    assert Whistle._base_manager.count() == 1


def test_it_is_put_aside_with_a_reason():
    hint, secretary = hinted(), cast.secretary()
    with pytest.raises(Refused):
        put_aside(actor=cast.secretary(cast.OTHER_COMMUNITY), hint=hint, reason="不用")
    with pytest.raises(Unacceptable, match="为什么不吹哨"):
        put_aside(actor=secretary, hint=hint, reason=" ")
    put_aside(actor=secretary, hint=hint, reason="社区自己能办")
    assert put_aside(actor=secretary, hint=hint, reason="社区自己能办").reason == "社区自己能办"
    with pytest.raises(Unacceptable):
        put_aside(actor=secretary, hint=hint, reason="另一个")
    with pytest.raises(Unacceptable):
        blown(a_unit("城管"), hint=hint)


def test_on_the_page_it_is_shown_blown_and_put_aside(logged_in):
    hint, lead = hinted(), a_unit("城管", member())
    browser = logged_in(cast.secretary())
    page = browser.get(reverse("whistles:list")).content.decode()
    assert "网格员请求吹哨" in page and "夜间噪声" in page
    assert "夜间噪声" not in logged_in(cast.worker()).get(reverse("whistles:list")).content.decode()
    address = f"{reverse('whistles:new')}?hint={hint.pk}"
    assert "夜间噪声" in browser.get(address).content.decode()
    sent = {
        "op": str(uuid4()), "kind": "key_problem", "level": "advance", "title": "夜间噪声", "words": "多次",
        "units": [str(lead.pk)], "lead": str(lead.pk), "area": cast.GRID, "looked": "1",
        "shown": f"{lead.pk}-{lead.pk}-advance",
    }  # fmt: skip
    assert browser.post(address, sent).status_code == 302
    row = Whistle._base_manager.get()
    assert row.case.steps.get(key="open").photos == [{"digest": "e" * 64, "when": "before"}]
    other = hinted(title="占道")
    aside = reverse("whistles:aside", args=[other.pk])
    assert "为什么不吹哨" in browser.post(aside, {"reason": ""}, follow=True).content.decode()
    browser.post(aside, {"reason": "已劝走"})
    other.refresh_from_db()
    assert other.reason == "已劝走" and other.answered_at


def test_a_hint_outside_ones_reach_is_not_there(logged_in):
    address = f"{reverse('whistles:new')}?hint={hinted(area=cast.OTHER_GRID).pk}"
    assert logged_in(cast.secretary()).get(address).status_code == 404


def test_after_two_years_it_is_forgotten():
    hinted(at=timezone.now() - timedelta(days=731))
    kept = hinted()
    assert forget_old() == 1 and list(Hint.objects.all()) == [kept] and forget_old() == 0
