"""A new dispute, and its parties: one row of fields for each."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.forms.opening import OpeningForm
from wangge.engines.cases.kinds import system_of

from ..actions.opening import MOST_PEOPLE, About
from ..enums import SYSTEM, Way

Day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DisputeForm(OpeningForm):
    """What it is about. The title may be left open: then it is the class and the place."""

    happened_on = forms.DateField(label=_("发生日期"), required=False, widget=Day)
    people = forms.IntegerField(label=_("涉及人数"), min_value=1, max_value=MOST_PEOPLE, initial=2)
    way = forms.ChoiceField(label=_("调解方式"), choices=Way.choices)
    body = forms.CharField(label=_("调解组织"), max_length=80, required=False)
    field_order = [
        "kind",
        "level",
        "happened_on",
        "people",
        "way",
        "body",
        "area",
        "address",
        "title",
        "words",
    ]

    def __init__(self, **given: Any) -> None:
        super().__init__(system_of(SYSTEM), **given)
        del self.fields["photos"]  # photos come with sessions: only who handles it sees them
        title, words = self.fields["title"], self.fields["words"]
        title.required = False
        title.label = gettext("标题")
        title.help_text = gettext("大家都看得到，不要写姓名；不写就用类别和地点。")
        words.label, words.help_text = gettext("纠纷经过"), gettext("加密保存，只给承办的人看。")
        area = self.fields["area"]  # no map here: a point would be somebody's home
        area.required, area.choices = True, [("", "—"), *area.choices[1:]]  # type: ignore[attr-defined]
        self.fields["kind"].label = gettext("纠纷类别")
        self.fields["address"].help_text = gettext("大家都看得到，写到小区、路口就行。")
        self.order_fields(self.field_order)

    def clean_happened_on(self) -> Any:
        """Not a day to come."""
        day = self.cleaned_data["happened_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(gettext("发生日期不能在今天以后。"))
        return day

    def about(self) -> About:
        """As the action takes it."""
        told = self.cleaned_data
        return About(told["way"], told["people"], told["body"], told["happened_on"])


def kept(data: QueryDict, form: type[forms.Form] | forms.Form, prefix: str = "") -> dict[str, Any]:
    """What was typed so far, to be shown again without being looked at."""
    names = form.base_fields if isinstance(form, type) else form.fields
    before = f"{prefix}-" if prefix else ""
    return {name: cast(Any, data.get(before + name)) for name in names if before + name in data}
