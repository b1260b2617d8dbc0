"""What people type into the register's pages, checked at the door."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.queries import (
    area_by_code,
    areas_in_reach,
    grid_codes_on,
    names_of,
    short_name,
)
from wangge.lib.cells import clean_phone, message

from ..enums import DiscrepancyState, IdType, Sex, Source, TieKind
from ..models import Building
from ..queries import end_of, faults_of_dates
from ..rules import ALL


class Day(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Phone(forms.CharField):
    """A phone in its canonical form; "" stays ""."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        cell = clean_phone(text, demo=settings.DEMO or settings.TEST)
        if cell.error:
            raise forms.ValidationError(message(cell.error), cell.error)
        return str(cell.value or "")


class SearchForm(forms.Form):
    """One line: a name, a phone, an id number or initials."""

    q = forms.CharField(label=_("查人"), max_length=60, required=False, strip=True)


class PersonForm(forms.Form):
    """The facts of a person; an empty field says nothing and changes nothing."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    id_type = forms.ChoiceField(label=_("证件类型"), choices=[("", "—"), *IdType.choices], required=False)
    id_no = forms.CharField(
        label=_("证件号码"),
        max_length=30,
        required=False,
        help_text=_("填了证件号码，出生日期和性别自动得出。"),
    )
    sex = forms.ChoiceField(label=_("性别"), choices=[("", "—"), *Sex.choices], required=False)
    birth = forms.DateField(label=_("出生日期"), widget=Day, required=False)
    phone = Phone(label=_("联系电话"), max_length=30, required=False)
    phone2 = Phone(label=_("备用电话"), max_length=30, required=False)
    former_name = forms.CharField(label=_("曾用名"), max_length=60, required=False)
    hukou_address = forms.CharField(label=_("户籍地址"), max_length=200, required=False)
    school = forms.CharField(label=_("就读学校"), max_length=80, required=False)
    guardian = forms.CharField(label=_("监护人"), max_length=60, required=False)
    emergency_contact = forms.CharField(label=_("紧急联系人"), max_length=60, required=False)
    source = forms.TypedChoiceField(label=_("谁说的"), coerce=int, initial=Source.VISIT.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # POLICE data comes in by its own channel, never by hand
        self.fields["source"].choices = [c for c in Source.choices if c[0] < Source.POLICE]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The facts that were filled in, named as the register names them."""
        own = ("area", "address", "kind", "on", "source", "reason", "answer", "confirm")
        return {k: v for k, v in self.cleaned_data.items() if k not in own and v not in ("", None)}


class EditForm(PersonForm):
    """Changing a person: sealed values stay empty on the screen and are only replaced when typed."""

    confirm = forms.BooleanField(label=_("其余内容已核对无误"), required=False)
    reason = forms.CharField(label=_("说明"), max_length=200, required=False)

    def facts(self) -> dict[str, Any]:
        """What was changed; everything shown when it was all confirmed."""
        told = super().facts()
        changed = set(self.changed_data)
        return told if self.cleaned_data["confirm"] else {k: v for k, v in told.items() if k in changed}


def places() -> list[tuple[str, str]]:
    """The communities in reach to choose from, or the grids where the reach is smaller."""
    areas = list(areas_in_reach(Level.COMMUNITY)) or list(areas_in_reach(Level.GRID))
    return [(area.code, short_name(area.name)) for area in areas]


class PlaceForm(forms.Form):
    """Where: an address inside a community."""

    area = forms.ChoiceField(label=_("村（社区）或网格"))
    address = forms.CharField(
        label=_("地址"),
        max_length=200,
        required=False,
        help_text=_("写到门牌或楼栋、房号，如：虚构花园3栋2单元501。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = places()
        self.fields["area"].choices = choices if len(choices) == 1 else [("", "—"), *choices]  # type: ignore[attr-defined]


class RegisterForm(PlaceForm, PersonForm):
    """One declaration: who, and tied how to which place."""

    kind = forms.ChoiceField(
        label=_("与房屋的关系"), initial=TieKind.LIVES,
        choices=[c for c in TieKind.choices if c[0] in {"lives", "hukou", "owns", "rents"}],
    )  # fmt: skip
    on = forms.DateField(label=_("从哪天起"), widget=Day, required=False)
    answer = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "id_no", "id_type", "phone", "area", "address", "kind", "on")


class MoveForm(PlaceForm):
    """A move is a new fact: from this day on somewhere else."""

    on = forms.DateField(label=_("从哪天起"), widget=Day, initial=timezone.localdate)
    reason = forms.CharField(label=_("说明"), max_length=200, required=False)


class CorrectForm(forms.Form):
    """We were wrong about the dates of a relation."""

    valid_from = forms.DateField(label=_("开始日期"), widget=Day, required=False)
    valid_to = forms.DateField(label=_("结束日期（不含当天）"), widget=Day, required=False)
    reason = forms.CharField(label=_("更正理由"), max_length=200)


class DepartForm(forms.Form):
    """The person left or died."""

    how = forms.ChoiceField(label=_("情况"), choices=[("left", _("已离开")), ("dead", _("已死亡"))])
    on = forms.DateField(label=_("日期"), widget=Day, initial=timezone.localdate)
    reason = forms.CharField(label=_("说明"), max_length=200, required=False)


class AsOfForm(forms.Form):
    """Which day, and as known when."""

    day = forms.DateField(label=_("哪一天的情况"), widget=Day, required=False)
    known = forms.DateField(label=_("按哪天掌握的信息"), widget=Day, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, fault in faults_of_dates(cleaned.get("day"), cleaned.get("known")).items():
            self.add_error(name, fault)
        return self.cleaned_data

    def picked(self) -> tuple[date | None, datetime | None]:
        """The day and the end of the day known; None where not asked or not answerable."""
        self.is_valid()
        known = self.cleaned_data.get("known")
        return self.cleaned_data.get("day"), end_of(known) if known else None


class ReasonForm(forms.Form):
    """Why a value is shown in full, two rows are one, or a merge is undone."""

    reason = forms.CharField(label=_("理由"), max_length=200, min_length=2)


class GridForm(forms.Form):
    """Which grid of the community it stands in a building belongs to."""

    grid = forms.ChoiceField(label=_("所属网格"))

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = names_of(grid_codes_on(timezone.localdate(), building.area_code[:12]))
        self.fields["grid"].choices = [("", "—"), *sorted(names.items())]  # type: ignore[attr-defined]
        self.initial.setdefault("grid", building.area_code)


class ListFilter(forms.Form):
    """The bar above every list of the register; ``after`` is the key the page begins behind."""

    q = forms.CharField(label=_("名称"), max_length=60, required=False)
    area = forms.ChoiceField(label=_("村（社区）或网格"), required=False)
    kind = forms.ChoiceField(label=_("关系"), choices=[("", _("全部")), *TieKind.choices], required=False)
    stale = forms.ChoiceField(
        label=_("核实"), choices=[("", _("全部")), ("1", _("超过 180 天未核实"))], required=False
    )
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("现有")), ("closed", _("已注销或撤销"))], required=False
    )
    after = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices, asked = places(), str(self.data.get("area", ""))
        if asked not in dict(choices) and (area := area_by_code(asked)):  # a link from another page
            choices = [(area.code, short_name(area.name)), *choices]
        self.fields["area"].choices = [("", _("全部")), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """What was asked for; unreadable parts ask for nothing."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "after": given.get("after") or 0,
            "text": given.get("q") or "",
            "area": given.get("area") or "",
            "kind": given.get("kind") or "",
            "stale": given.get("stale") == "1",
            "closed": given.get("state") == "closed",
        }


class WorklistForm(forms.Form):
    """The bar above the worklist of records that contradict themselves."""

    area = forms.ChoiceField(label=_("村（社区）或网格"), required=False)
    rule = forms.ChoiceField(label=_("哪一种"), required=False)
    state = forms.ChoiceField(required=False, choices=DiscrepancyState.choices, widget=forms.HiddenInput)
    after = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = [(code, sentence.title) for code, sentence in ALL.items()]
        self.fields["area"].choices = [("", _("全部")), *places()]  # type: ignore[attr-defined]
        self.fields["rule"].choices = [("", _("全部")), *rules]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """What was asked for; unreadable parts ask for nothing."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "area": given.get("area") or "",
            "rule": given.get("rule") or "",
            "state": given.get("state") or DiscrepancyState.OPEN.value,
            "after": given.get("after") or 0,
        }
