"""Forms of the console's pages of groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory.queries import areas_in_reach, short_name

from ..enums import GroupState, GroupType
from .door import GroupForm

INDENT = {"district": "", "town": "", "community": "　"}


class FilterForm(forms.Form):
    """Which groups are shown."""

    area = forms.ChoiceField(label=_("区域"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("未解散的")), *GroupState.choices]
    )
    type = forms.ChoiceField(
        label=_("团体类型"), required=False, choices=[("", _("全部")), *GroupType.choices]
    )
    q = forms.CharField(label=_("名称或信用代码"), required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = areas_in_reach().exclude(level="grid").order_by("code").only("code", "name", "level")
        choices = [(one.code, INDENT[one.level] + short_name(one.name)) for one in areas]
        self.fields["area"].choices = [("", _("全部")), *choices]  # type: ignore[attr-defined]


class DraftForm(GroupForm):
    """A group made for somebody, who puts it into use by proving her phone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["founder"].label = _("管理员姓名")
        self.fields["phone"].label = _("管理员手机号码")


class LinkForm(forms.Form):
    """Which organisation of the register a group is."""

    organisation = forms.IntegerField(min_value=1)


class MatchForm(forms.Form):
    """Who a member is: a person's key, or "new"."""

    answer = forms.CharField(max_length=20)
