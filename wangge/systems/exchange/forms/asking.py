"""A request as it is filled in, and the answer to one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level

from ..actions.asking import Asked
from ..enums import Field

Day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
USUAL = timedelta(days=30)


class AskForm(forms.Form):
    """Who asks for which area, with whom, what for, on what grounds, which facts, until when."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    area = forms.ChoiceField(label=_("比对哪个区域的人"))
    office = forms.CharField(
        label=_("和谁共享（单位名称）"), max_length=60, help_text=_("例如“某某派出所”。写单位，不写姓名。")
    )
    purpose = forms.CharField(
        label=_("目的"), max_length=200, min_length=4, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如“核对新增流动人口是否已登记”。"),
    )  # fmt: skip
    basis = forms.CharField(label=_("依据（文号、函件或条款）"), max_length=200)
    fields_asked = forms.MultipleChoiceField(
        label=_("除证件号码外还比什么"), choices=Field.choices, required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("只勾用得着的；没勾的列就算名单里有也不比。"),
    )  # fmt: skip
    expires_on = forms.DateField(label=_("有效期到"), widget=Day, help_text=_("最长一年；过期自动关闭。"))

    def __init__(self, data: Any = None) -> None:
        first = {"op": uuid4(), "expires_on": timezone.localdate() + USUAL}
        super().__init__(data, initial=first, use_required_attribute=False)
        self.fields["area"].choices = [("", _("请选择")), *areas_offered()]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """As the action takes it."""
        told = self.cleaned_data
        return Asked(
            told["op"], told["area"], told["office"], told["purpose"], told["basis"], told["expires_on"],
            tuple(told["fields_asked"]),
        )  # fmt: skip


def areas_offered() -> list[tuple[str, str]]:
    """Communities, towns and the district in reach; a community with its town."""
    rows = territory.areas_in_reach().exclude(level=Level.GRID).order_by("code")
    held = dict(rows.values_list("code", "name"))
    towns = territory.names_of(
        {territory.path_of(code)[-2] for code in held if len(territory.path_of(code)) > 2}
    )
    return [(code, _called(code, name, towns)) for code, name in held.items()]


def _called(code: str, name: str, towns: dict[str, str]) -> str:
    path = territory.path_of(code)
    town = towns.get(path[-2], "") if len(path) > 2 else ""
    return f"{town} {territory.short_name(name)}".strip()


class DecideForm(forms.Form):
    """Yes or no, and why not."""

    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    reason = forms.CharField(label=_("不同意的理由"), max_length=200, required=False)
