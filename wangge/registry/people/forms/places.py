"""Organisations, estates, buildings and rooms as they are typed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory.queries import names_of, short_name
from wangge.lib.identifiers import check_uscc, message

from ..enums import OrganisationCategory, OrganisationStatus, RoomState, Source
from ..models import Building, Room
from ..queries import choices_of
from .people import Day, Phone, places

_INDUSTRY = RegexValidator(
    r"\A[A-T]\d{0,4}\Z", _("行业代码按 GB/T 4754 填写：一个字母加至多四位数字，如 F5211。")
)


class Uscc(forms.CharField):
    """A unified social credit code in its canonical form; "" stays ""."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        checked = check_uscc(text, demo=settings.DEMO or settings.TEST) if text else None
        if checked and checked.error:
            raise forms.ValidationError(message(checked.error), checked.error)
        return checked.number if checked else ""


def _not_later_than_today(form: forms.Form, *names: str) -> None:
    for name in names:
        day = form.cleaned_data.get(name)
        if day and day > timezone.localdate():
            form.add_error(name, _("不能晚于今天。"))


class ToldForm(forms.Form):
    """Who says so, and on which day it was confirmed."""

    source = forms.TypedChoiceField(label=_("谁说的"), coerce=int, initial=Source.VISIT.value)
    on = forms.DateField(label=_("核实日期"), widget=Day, initial=timezone.localdate)
    reason = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # POLICE data comes in by its own channel, never by hand
        self.fields["source"].choices = [c for c in Source.choices if c[0] < Source.POLICE]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _not_later_than_today(self, "on")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What was typed in or changed, by the names of the columns."""
        own = {"source", "on", "reason", "area", "place"}
        return {name: self.cleaned_data[name] for name in self.changed_data if name not in own}


class _Placed(ToldForm):
    """Something that lies in a community or grid; where it lies now is among the choices."""

    area = forms.ChoiceField(label=_("村（社区）或网格"))

    def __init__(self, *args: Any, held: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = places()
        if held and held not in dict(choices):
            choices = [(held, short_name(names_of([held]).get(held, held))), *choices]
        self.initial.setdefault("area", held)
        self.fields["area"].choices = choices if len(choices) == 1 else [("", "—"), *choices]  # type: ignore[attr-defined]


class OrganisationForm(_Placed):
    """The facts of an organisation. The phone is never sent back to the browser: empty leaves it."""

    name = forms.CharField(label=_("单位名称"), max_length=120)
    uscc = Uscc(
        label=_("统一社会信用代码"), max_length=24, required=False, help_text=_("18 位，照执照填写。")
    )
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", "—"), *OrganisationCategory.choices], required=False
    )
    status = forms.ChoiceField(
        label=_("状态"),
        choices=[("", "—"), *[c for c in OrganisationStatus.choices if c[0] != OrganisationStatus.CLOSED]],
        required=False,
    )
    address = forms.CharField(
        label=_("地址"), max_length=200, required=False, help_text=_("写到门牌或楼栋、房号，就能落到房屋上。")
    )
    industry = forms.CharField(label=_("行业"), max_length=5, required=False, validators=[_INDUSTRY])
    legal_person = forms.CharField(label=_("法定代表人（经营者）"), max_length=60, required=False)
    phone = Phone(label=_("联系电话"), max_length=30, required=False)
    staff_number = forms.IntegerField(label=_("从业人数"), min_value=0, max_value=1_000_000, required=False)
    scope = forms.CharField(label=_("经营范围"), max_length=400, required=False)
    field_order = (
        "name", "uscc", "category", "status", "area", "industry", "address", "phone", "legal_person",
        "staff_number", "scope", "source", "on", "reason",
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        told = super().facts()
        return {name: value for name, value in told.items() if name != "phone" or value}


class EstateForm(_Placed):
    """S32: an estate and who manages it."""

    name = forms.CharField(label=_("小区名称"), max_length=80)
    property_firm = forms.CharField(label=_("物业公司"), max_length=80, required=False)
    owners_committee = forms.BooleanField(label=_("有业主委员会"), required=False)
    red_property = forms.BooleanField(label=_("红色物业"), required=False)
    field_order = (
        "name", "area", "property_firm", "owners_committee", "red_property", "source", "on", "reason",
    )  # fmt: skip


class CloseForm(forms.Form):
    """From which day something is no more."""

    on = forms.DateField(label=_("从哪天起"), widget=Day, initial=timezone.localdate)
    reason = forms.CharField(label=_("理由"), max_length=200, min_length=2)
    end_staff = forms.BooleanField(label=_("同时结束从业人员的就业关系"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _not_later_than_today(self, "on")
        return cleaned


class BuildingForm(forms.ModelForm):
    """What a building is like. Its key and its grid are changed elsewhere."""

    class Meta:
        model = Building
        fields = ("name", "address", "floors", "units", "high_rise")
        labels = {
            "name": _("楼栋名称"),
            "address": _("地址"),
            "floors": _("层数"),
            "units": _("单元数"),
            "high_rise": _("高层"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, most in (("floors", 200), ("units", 100)):
            if cleaned.get(name) is not None and not 1 <= cleaned[name] <= most:
                self.add_error(name, _("应在 1 到 %(most)d 之间。") % {"most": most})
        return cleaned


class RoomForm(forms.ModelForm):
    """State, use and size of a room."""

    state = forms.ChoiceField(label=_("状态"), choices=[("", "—"), *RoomState.choices], required=False)
    use = forms.ChoiceField(label=_("用途"), required=False)

    class Meta:
        model = Room
        fields = ("state", "use", "area_m2", "floor")
        labels = {"area_m2": _("面积（m²）"), "floor": _("楼层")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["use"].choices = [("", "—"), *choices_of("room_use")]  # type: ignore[attr-defined]

    def clean_area_m2(self) -> Any:
        size = self.cleaned_data["area_m2"]
        if size is not None and size <= 0:
            raise forms.ValidationError(_("面积应大于 0。"))
        return size
