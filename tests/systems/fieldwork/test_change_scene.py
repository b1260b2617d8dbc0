"""An edit of the scene library is in force from tomorrow on, and can be taken back until then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.lists_cast import a_rule, a_scene
from wangge.foundation.access.rules import Unacceptable
from wangge.systems.fieldwork.actions.generate import generate_days
from wangge.systems.fieldwork.actions.scenes import (
    SceneDraft,
    change_scene,
    copy_scene,
    draft_of,
    end_scene,
    withdraw_edit,
)
from wangge.systems.fieldwork.actions.scenes_pack import load_pack
from wangge.systems.fieldwork.actions.scenes_rules import end_rule, set_rule, withdraw_rule
from wangge.systems.fieldwork.models import Duty, Scene, VisitRule
from wangge.systems.fieldwork.outgoing.flow import picture_of
from wangge.systems.fieldwork.queries.scenes import library, rules_on, scenes_on
from wangge.systems.fieldwork.reading.flow import FlowFault, check_flow, read_then, write_then
from wangge.systems.fieldwork.reading.pack import PackFault, read_pack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
DAY = timedelta(days=1)


def changed(scene: Scene, **values) -> Scene:
    draft = SceneDraft(**{**draft_of(scene).__dict__, **values})
    return change_scene(actor="test", scene=scene, draft=draft)


def names_on(day) -> list[str]:
    return [item.name for scene in scenes_on(day) for item in scene.items.all()]


def test_new_items_are_seen_the_next_day_and_not_before():
    today = timezone.localdate()
    scene = a_scene()
    generate_days(actor="test", first=today, last=today + DAY * 7)
    changed(scene, items=[("一", "")])
    changed(scene, items=[("井盖缺损", "看四周"), ("路灯", "")])  # twice on one day is one edit
    assert names_on(today) == ["井盖缺损", "乱堆放"] and names_on(today + DAY) == ["井盖缺损", "路灯"]
    versions = dict(Duty.objects.values_list("begins_on", "scene__valid_from"))
    assert all(begun == (today + DAY if day > today else scene.valid_from) for day, begun in versions.items())
    assert library()[0].coming and library()[0].scene.pk == scene.pk
    withdraw_edit(actor="test", scene=scene)
    assert names_on(today + DAY) == ["井盖缺损", "乱堆放"] and Scene.objects.count() == 1
    assert set(Duty.objects.values_list("scene_id", flat=True)) == {scene.pk}
    with pytest.raises(Unacceptable, match="没有等待生效"):
        withdraw_edit(actor="test", scene=scene)


def test_a_scene_given_up_ends_tomorrow_and_can_come_back():
    today, scene = timezone.localdate(), a_scene()
    changed(scene, name="改名")
    end_scene(actor="test", scene=scene)
    assert names_on(today) and not names_on(today + DAY) and library()[0].ends == today + DAY
    withdraw_edit(actor="test", scene=scene)
    assert [row.name for row in scenes_on(today + DAY)] == ["道路"]
    copied = copy_scene(actor="test", scene=scene, area_code=cast.TOWN, name="甲街道的道路")
    assert (copied.valid_from, copied.items.count(), copied.key == scene.key) == (today + DAY, 2, False)


def test_a_flow_with_a_loop_is_refused_and_says_where():
    def flow(*thens: str) -> list[dict]:
        return [
            {"name": f"第{at}步", "who": "网格员", "then": read_then(text, at)}
            for at, text in enumerate(thens, 1)
        ]

    with pytest.raises(Unacceptable, match="第 3 步又回到第 1 步"):
        changed(a_scene(), flow=flow("2", "3", "改好→4；没改→1", ""))
    with pytest.raises(FlowFault, match="没有这一步"):
        check_flow(flow("5"))
    with pytest.raises(FlowFault, match="通到第 3 步"):
        check_flow(flow("2", "", ""))
    with pytest.raises(FlowFault, match="看不懂"):
        read_then("以后再说", 2)
    good = flow("能改→2；不能改->3", "4", "4", "")
    check_flow(good)
    assert write_then(good[0]["then"]) == "能改→2；不能改→3"
    drawn = picture_of(
        [{**good[0], "name": "<script>很长很长的一步要换行才放得下，还要继续写下去"}, *good[1:]]
    )
    assert "<script>" not in drawn and drawn.count("<rect") == 4 and "不能改" in drawn


def test_an_item_twice_is_refused():
    with pytest.raises(Unacceptable, match="写了两次"):
        changed(a_scene(), items=[("一", ""), ("一", "")])


def test_loading_the_pack_again_changes_nothing_and_keeps_what_was_changed():
    loaded = load_pack(actor="test", area_code=cast.DISTRICT)
    assert (loaded.scenes, loaded.rules, loaded.kept) == (24, 16, 0)
    assert all(scene.example for scene in Scene.objects.all())
    changed(Scene.objects.get(key="road"), name="道路（本区）")
    end_scene(actor="test", scene=Scene.objects.get(key="voices"))
    again = load_pack(actor="test", area_code=cast.DISTRICT)
    assert (again.scenes, again.rules, again.kept) == (0, 0, 40)
    assert [row.name for row in scenes_on(timezone.localdate() + DAY) if row.key == "road"] == [
        "道路（本区）"
    ]


def test_a_broken_pack_says_where(tmp_path):
    with pytest.raises(PackFault, match=r"scenes\.toml"):
        read_pack(tmp_path)
    (tmp_path / "scenes.toml").write_text('[[scene]]\nkey="a"\nkind="daily"\nname="甲"\nflow="x"\n', "utf-8")
    with pytest.raises(PackFault, match="场景 a"):
        read_pack(tmp_path)


def test_a_frequency_changes_tomorrow_and_is_taken_back():
    today, rule = timezone.localdate(), a_rule(1, "month", "elderly", "yellow")
    said = {"area_code": cast.DISTRICT, "care_class": "elderly", "level": "yellow", "name": "每周"}
    for times in (1, 2):
        set_rule(actor="test", times=times, period="week", **said)
    assert [(row.times, row.period) for row in rules_on(today)] == [(1, "month")]
    assert [(row.times, row.period) for row in rules_on(today + DAY)] == [(2, "week")]
    withdraw_rule(actor="test", rule=rule)
    assert VisitRule.objects.get().valid_to is None
    end_rule(actor="test", rule=rule)
    assert not rules_on(today + DAY).exists()
    with pytest.raises(Unacceptable, match="1 至 31"):
        set_rule(actor="test", times=99, period="week", **said)
