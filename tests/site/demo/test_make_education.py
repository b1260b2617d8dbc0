"""The demo's publicity and education: four sessions, three materials, all 示例; and out again."""

from __future__ import annotations

import pytest

from wangge.site.demo.education import make_education, remove_education
from wangge.site.demo.ground import Ground
from wangge.site.demo.users import demo_areas
from wangge.systems.education.models import Given, Material, Session
from wangge.systems.education.queries.sessions import unconfirmed

pytestmark = pytest.mark.usefixtures("areas")


def test_two_held_one_to_confirm_one_to_come_and_all_of_it_goes_again(ground: Ground) -> None:
    assert make_education(demo_areas(ground)) == {"education_sessions": 4, "education_materials": 3}
    states = Session.objects.order_by("begins_at").values_list("state", flat=True)
    assert list(states) == ["held", "held", "planned", "planned"] and unconfirmed().count() == 1
    rows = [*Session.objects.all(), *Material.objects.all()]
    assert all(row.demo and row.example and row.title.startswith("示例") for row in rows)
    assert sorted(Given.objects.values_list("number", flat=True)) == [24, 60]
    remove_education()
    assert not Session.objects.exists() and not Material.objects.exists() and not Given.objects.exists()
