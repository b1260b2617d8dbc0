"""The plan of a session as it is filled in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions.planning import Plan
from ..enums import Audience, Way
from ..models import Session
from ..queries.places import Linked, linked_to
from .choices import area_choices, date_input, time_input, topic_choices

YEARS = timedelta(days=3 * 365)  # a day farther away is mistyped


class PlanForm(forms.Form):
    """What, where, when, by whom, for whom. Nobody's name is asked for."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=gettext_lazy("标题"), max_length=80, min_length=2)
    topic = forms.ChoiceField(label=gettext_lazy("主题"))
    way = forms.ChoiceField(label=gettext_lazy("形式"), choices=[("", "—"), *Way.choices])
    audience = forms.ChoiceField(label=gettext_lazy("对象"), choices=Audience.choices)
    area = forms.ChoiceField(label=gettext_lazy("区域"))
    where = forms.CharField(
        label=gettext_lazy("地点"), max_length=80, help_text=gettext_lazy("告示上这样写，例如“社区广场”。")
    )
    linked = forms.CharField(
        label=gettext_lazy("登记册里的小区、楼栋或单位（选填）"), max_length=120, required=False,
        help_text=gettext_lazy("写在册的名称，会对上档案和位置；记不全就写几个字，会列出可能的。"),
    )  # fmt: skip
    day = forms.DateField(label=gettext_lazy("日期"), widget=date_input())
    begins = forms.TimeField(label=gettext_lazy("开始"), widget=time_input())
    ends = forms.TimeField(label=gettext_lazy("结束"), widget=time_input())
    held_by = forms.CharField(
        label=gettext_lazy("主办单位和主讲（写职务）"), max_length=60,
        help_text=gettext_lazy("例如“社区居委会；消防站宣传员”。写单位和职务，不写姓名。"),
    )  # fmt: skip
    notes = forms.CharField(
        label=gettext_lazy("备注"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("不写居民的姓名、电话。"),
    )  # fmt: skip
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, session: Session | None = None) -> None:
        super().__init__(data, initial=_told(session), auto_id="plan-%s", use_required_attribute=False)
        fields: dict[str, Any] = self.fields
        fields["area"].choices = area_choices()
        fields["topic"].choices = topic_choices()
        self.found = Linked()

    def clean_day(self) -> Any:
        """Not so far away that it must be mistyped."""
        day = self.cleaned_data["day"]
        if abs(day - timezone.localdate()) > YEARS:
            raise forms.ValidationError(_("日期离今天太远，请看看年份。"))
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("begins") and found.get("ends") and found["ends"] <= found["begins"]:
            self.add_error("ends", _("结束时间要晚于开始时间。"))
        if found.get("linked") and found.get("area"):
            self._link(found["area"], found["linked"].strip())
        return found

    def _link(self, area: str, name: str) -> None:
        linked, alike = linked_to(area, name)
        if linked is not None:
            self.found = linked
        elif alike:
            told = {"name": name, "some": "、".join(alike)}
            self.add_error("linked", _("“%(name)s”可能是：%(some)s。请写全名。") % told)
        else:
            told = {"name": name}
            self.add_error(
                "linked",
                _("这个区域里没有叫“%(name)s”的，或不止一个；请换写法、选小一点的区域，或留空。") % told,
            )

    def plan(self) -> Plan:
        """As the session is made of it."""
        told = self.cleaned_data
        begins = datetime.combine(told["day"], told["begins"])
        ends = datetime.combine(told["day"], told["ends"])
        place = (told["lon"], told["lat"]) if told["lon"] is not None and told["lat"] is not None else None
        names = ("op", "area", "topic", "way", "title", "where", "held_by", "audience", "notes")
        return Plan(
            **{name: told[name] for name in names}, begins_at=timezone.make_aware(begins), place=place,
            minutes=int((ends - begins).total_seconds()) // 60, linked=self.found,
        )  # fmt: skip


def _told(row: Session | None) -> dict[str, Any]:
    if row is None:
        return {"op": uuid4(), "audience": Audience.EVERYBODY}
    begins, ends = timezone.localtime(row.begins_at), timezone.localtime(row.ends_at)
    linked = row.estate or row.building or row.organisation
    return {
        "op": uuid4(), "seen": row.version, "title": row.title, "topic": row.topic, "way": row.way,
        "audience": row.audience, "area": row.area_code, "where": row.place, "held_by": row.held_by,
        "notes": row.notes, "day": begins.date(), "begins": begins.time(), "ends": ends.time(),
        "linked": linked.name if linked else "", "lon": row.lon, "lat": row.lat,
    }  # fmt: skip
