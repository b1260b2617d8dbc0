"""Units, their members and their rosters as they come in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.access.models import User

from ..enums import UnitKind
from ..kinds import systems
from ..models import Unit
from ..queries.choices import accounts_for, all_area_choices

BOXES = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})


class UnitForm(forms.Form):
    """A unit. No classes ticked: it takes all."""

    name = forms.CharField(max_length=60, label=gettext_lazy("名称"))
    kind = forms.ChoiceField(choices=UnitKind.choices, label=gettext_lazy("性质"))
    area_code = forms.ChoiceField(label=gettext_lazy("管哪里"))
    classes = forms.MultipleChoiceField(required=False, widget=BOXES, label=gettext_lazy("办哪些类别"))
    active = forms.BooleanField(required=False, initial=True, label=gettext_lazy("启用"))

    def __init__(self, unit: Unit | None = None, data: Any = None) -> None:
        names = ("name", "kind", "area_code", "classes", "active")
        start = {name: getattr(unit, name) for name in names} if unit else {}
        super().__init__(data, initial=start)
        known = {
            key: str(name)
            for system in systems()
            if not system.any_unit  # those ask units of every class
            for key, name in system.kinds.items()
        }
        own = {key: known.get(key, key) for key in (unit.classes if unit else [])}
        self.fields["classes"].choices = list((known | own).items())  # type: ignore[attr-defined]
        self.fields["area_code"].choices = all_area_choices()  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Somebody by account, or by a name that only one has."""

    who = forms.CharField(max_length=60, label=gettext_lazy("用户名或姓名"))

    def __init__(self, actor: Any, data: Any = None) -> None:
        super().__init__(data)
        self.accounts = accounts_for(actor)

    def clean_who(self) -> User:
        text = self.cleaned_data["who"].strip()
        exact = [user for user in self.accounts if user.username == text]
        found = exact or [user for user in self.accounts if user.name == text]
        if len(found) == 1:
            return found[0]
        if found:
            told = {"many": len(found), "name": text}
            raise forms.ValidationError(_("有 %(many)d 个叫“%(name)s”的，请填用户名。") % told)
        raise forms.ValidationError(_("您的辖区里没有这个人的账号；请先由用户管理员建立。"))


def month_of(text: str) -> date:
    """The first day of a month written as 2026-12; the current one for anything else."""
    try:
        year, month = (int(part) for part in text.split("-", 1))
        return date(year, month, 1) if 2000 <= year < 2200 else timezone.localdate().replace(day=1)
    except ValueError:
        return timezone.localdate().replace(day=1)
