"""What a special action is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.engines.forms.models import Form
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level

from ..actions.drives import Wanted
from ..enums import Target
from ..queries.checklists import checklists

Date = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WEEKS = timedelta(days=13)  # a fortnight, both days inside


class DriveForm(forms.Form):
    """Name, days, checklist, kind and areas."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("行动名称"), max_length=80, min_length=2)
    form = forms.ChoiceField(label=gettext_lazy("用哪份检查表"))
    target = forms.ChoiceField(label=gettext_lazy("查什么"), choices=Target.choices)
    begins_on = forms.DateField(label=gettext_lazy("开始日期"), widget=Date)
    ends_on = forms.DateField(label=gettext_lazy("结束日期"), widget=Date)
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("哪些区域"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少勾选一个区域。")},
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"op": uuid4(), "begins_on": today, "ends_on": today + WEEKS})
        fields: dict[str, Any] = self.fields
        fields["form"].choices = [(each.key, each.title) for each in checklists()]
        rows = territory.areas_in_reach().exclude(level=Level.DISTRICT).order_by("code")
        fields["areas"].choices = _indented(rows)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("begins_on"), cleaned.get("ends_on")
        if first and last and first > last:
            self.add_error("ends_on", _("结束日期早于开始日期，请对调。"))
        return self.cleaned_data

    def wanted(self) -> Wanted:
        """As the action takes it; an area inside another that was ticked is left out."""
        told = self.cleaned_data
        codes = sorted(told["areas"])
        prefixes = [code.removesuffix("000") if len(code) == 12 else code for code in codes]
        outer = [
            code for code, own in zip(codes, prefixes, strict=True)
            if not any(own != other and own.startswith(other) for other in prefixes)
        ]  # fmt: skip
        return Wanted(
            told["op"], told["name"], Form.objects.get(key=told["form"]), told["target"], outer,
            told["begins_on"], told["ends_on"],
        )  # fmt: skip


def _indented(rows: Any) -> list[tuple[str, str]]:
    indent = {Level.TOWN: "", Level.COMMUNITY: "　", Level.GRID: "　　"}
    return [(row.code, f"{indent.get(Level(row.level), '')}{territory.short_name(row.name)}") for row in rows]
