"""What is said of a campaign and of gaps, checked at the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.engines.forms.models import Form
from wangge.engines.forms.queries import given_out
from wangge.foundation.territory import queries as territory
from wangge.registry.people.enums import OrganisationCategory

from ..actions.campaigns import Said
from ..enums import CampaignKind, Level, TargetKind
from ..models import Campaign
from ..queries.campaigns_doors import OLDEST, shortened, tree

WEEKS = timedelta(days=13)  # a fortnight, both days inside
ROOMS = (
    ("occupied", _("有人住的房屋")),
    ("rented", _("出租的房屋")),
    ("all", _("全部房屋（含空置、经营）")),
)
Date = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CampaignForm(forms.Form):
    """What, when, where and which doors."""

    name = forms.CharField(label=_("行动名称"), max_length=80, min_length=2)
    kind = forms.ChoiceField(label=_("类型"), choices=CampaignKind.choices)
    form = forms.ModelChoiceField(
        label=_("用哪份表单"), queryset=Form._base_manager.none(), empty_label=_("请选择"),
        error_messages={"invalid_choice": _("这份表单没有发布，或不归您使用。请重新选择。")},
    )  # fmt: skip
    begins_on = forms.DateField(label=_("开始日期"), widget=Date)
    ends_on = forms.DateField(label=_("结束日期"), widget=Date)
    areas = forms.MultipleChoiceField(
        label=_("哪些社区、网格"), widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("请至少勾选一个社区或网格。"),
            "invalid_choice": _("有的区域不在您的辖区，或已经调整。请重新勾选。"),
        },
    )  # fmt: skip
    target = forms.ChoiceField(label=_("走访谁"), choices=TargetKind.choices)
    doors = forms.ChoiceField(label=_("哪些房屋"), choices=ROOMS, required=False)
    categories = forms.MultipleChoiceField(
        label=_("哪类单位"), choices=OrganisationCategory.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    age_from = forms.IntegerField(label=_("年龄从"), required=False, min_value=0, max_value=OLDEST)
    age_to = forms.IntegerField(label=_("年龄到"), required=False, min_value=0, max_value=OLDEST)
    levels = forms.MultipleChoiceField(
        label=_("关爱等级"), choices=Level.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, campaign: Campaign | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(campaign), **kwargs})
        given: Any = self.fields["form"]
        given.queryset = Form.objects.filter(pk__in=given_out().values("form_id")).order_by("title")
        self.below = tree(territory.areas_in_reach())
        areas: Any = self.fields["areas"]
        areas.choices = territory.areas_in_reach().order_by("code").values_list("code", "name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("begins_on"), cleaned.get("ends_on")
        if first and last and first > last:
            self.add_error("ends_on", _("结束日期早于开始日期，请对调。"))
        youngest, oldest = cleaned.get("age_from"), cleaned.get("age_to")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_to", _("年龄上限小于下限，请对调。"))
        return self.cleaned_data

    def said(self) -> Said:
        """What was said, once it is valid."""
        told = self.cleaned_data
        return Said(
            name=told["name"].strip(), form=told["form"], begins_on=told["begins_on"],
            ends_on=told["ends_on"], areas=shortened(told["areas"], self.below), target=told["target"],
            kind=told["kind"], filters=self._filters(),
        )  # fmt: skip

    def _filters(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told["target"] == TargetKind.ROOMS:
            return {"doors": told["doors"] or "occupied"}
        if told["target"] == TargetKind.ORGANISATIONS:
            return {"categories": told["categories"]}
        return {"age_from": told["age_from"], "age_to": told["age_to"], "levels": told["levels"]}


def _initial(campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        today = timezone.localdate()
        return {"begins_on": today, "ends_on": today + WEEKS, "doors": "occupied"}
    return {
        "name": campaign.name, "kind": campaign.kind, "form": campaign.form_id,
        "begins_on": campaign.begins_on, "ends_on": campaign.ends_on, "areas": campaign.areas,
        "target": campaign.target, **campaign.scope.get("filters", {}),
    }  # fmt: skip


class UntilForm(forms.Form):
    """A new last day."""

    until = forms.DateField(label=_("新的结束日期"), widget=Date)


class AssignForm(forms.Form):
    """Rows to send somebody to. ``op`` is drawn with the page, so that pressing twice does it once."""

    op = forms.UUIDField(error_messages={"required": _("请刷新页面后再试。")})
    days = forms.IntegerField(
        label=_("几天内完成"), min_value=1, max_value=60, initial=7,
        error_messages={
            "required": _("请填几天内完成（1 到 60）。"), "invalid": _("请填几天内完成（1 到 60）。"),
            "min_value": _("请填几天内完成（1 到 60）。"), "max_value": _("请填几天内完成（1 到 60）。"),
        },
    )  # fmt: skip
    row = forms.TypedMultipleChoiceField(required=False, coerce=int)
    all = forms.BooleanField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        rows: Any = self.fields["row"]
        rows.choices = [
            (value, value) for value in data.getlist("row") if value.isdecimal() and len(value) < 19
        ]
