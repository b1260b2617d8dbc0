"""The form of a whistle, and what is approved of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.engines.cases.enums import When
from wangge.engines.cases.forms.opening import OpeningForm
from wangge.engines.cases.kinds import system_of
from wangge.engines.cases.models import Case, Unit
from wangge.engines.cases.queries.procedures import procedure_now, procedure_of
from wangge.engines.cases.reading.procedure import Level, Procedure
from wangge.lib.scoping import prefix_of
from wangge.lib.worktime import Limit

from ..actions.blowing import Blown
from ..actions.calling import Approved
from ..enums import SYSTEM
from ..models import Hint, Whistle
from ..queries.asked import units_asked
from ..queries.calls import live_calls
from ..queries.units import members_of, units_at

BOXES = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
Choices = list[tuple[str, str]]


def unit_choices(units: list[Unit]) -> Choices:
    """Units by name; one without members says so before anything is sent."""
    members = members_of(units)
    return [(str(unit.pk), _unit_words(unit, members.get(unit.pk, 0))) for unit in units]


def _unit_words(unit: Unit, members: int) -> str:
    if members:
        return unit.name
    return _("%(unit)s（没有成员，收不到）") % {"unit": unit.name}


class WithUnits(forms.Form):
    """Several units, one of them the lead."""

    units = forms.MultipleChoiceField(
        widget=BOXES, label=gettext_lazy("要哪些单位到场"),
        error_messages={"required": gettext_lazy("请选要叫到场的单位。")},
    )  # fmt: skip
    lead = forms.ChoiceField(
        label=gettext_lazy("牵头单位"),
        help_text=gettext_lazy("从上面勾选的单位里定一个。"),
        error_messages={"required": gettext_lazy("请从所选的单位里定一个牵头单位。")},
    )
    offered: dict[str, Unit]

    def offer(self, units: list[Unit]) -> None:
        """The units to choose from."""
        self.offered, choices = {str(unit.pk): unit for unit in units}, unit_choices(units)
        self.fields["units"].choices = choices  # type: ignore[attr-defined]
        self.fields["lead"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The lead is one of them, and none is closed or works elsewhere."""
        found = super().clean() or {}
        if found.get("lead") and found["lead"] not in found.get("units", []) and "units" not in self.errors:
            self.add_error("lead", _("请从所选的单位里定一个牵头单位。"))
        return found

    @property
    def chosen(self) -> tuple[Unit, ...]:
        """The units that are ticked."""
        return tuple(self.offered[key] for key in self.cleaned_data.get("units", []))

    @property
    def led_by(self) -> Unit | None:
        """The lead."""
        return self.offered.get(self.cleaned_data.get("lead", ""))


class BlowForm(WithUnits, OpeningForm):
    """A whistle: from a matter it takes place and area; else they are asked for. ``shown`` says which units,
    lead and level the preview showed, so that nothing is sent that nobody looked at."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["kind", "level", "title", "words", "units", "lead", "area", "address", "photos"]

    def __init__(self, matter: Case | None = None, hint: Hint | None = None, **given: Any) -> None:
        self.case, self.hint = matter, hint
        initial = _from(matter) if matter is not None else _asked(hint) if hint is not None else {}
        super().__init__(system_of(SYSTEM), initial=initial, **given)
        self.offer(units_at(matter.area_code if matter is not None else ""))
        self.fields["kind"].label = _("为什么吹哨")
        self.fields["words"].label, self.fields["words"].required = _("情况和理由"), True
        self.fields["words"].help_text = _("写明镇街自己为什么解决不了、要各单位做什么。")
        self.fields["level"].choices = _with_limits(procedure_now("whistle"))  # type: ignore[attr-defined]
        self.fields["level"].label = _("哪一种哨")
        if matter is not None:
            for name in ("area", "lon", "lat"):
                del self.fields[name]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        far = [unit.name for unit in self.chosen if found.get("area") and not _works_at(unit, found["area"])]
        if far:
            self.add_error("units", _("%(units)s 不管这个地方，请去掉。") % {"units": "、".join(far)})
        return found

    def _where(self, found: dict[str, Any]) -> str:
        return self.case.area_code if self.case is not None else super()._where(found)

    def what_is_shown(self) -> str:
        """Units, lead and level as one word."""
        told = self.cleaned_data
        return "-".join([*sorted(told["units"]), told["lead"], told["level"]])

    def _seen(self) -> list[str]:
        return [str(digest) for digest in self.hint.photos] if self.hint is not None else []

    def blown(self) -> Blown:
        """As the action takes it."""
        told, case = self.cleaned_data, self.case
        place = self.place
        if case is not None and case.lon is not None and case.lat is not None:
            place = (case.lon, case.lat)
        return Blown(
            told["op"], told["kind"], told["title"], told["words"], told["area"], self.chosen, self.led_by,
            told["level"], case, told["address"], place,
            tuple((digest, str(When.BEFORE)) for digest in (*self._seen(), *self.digests)), self.hint,
        )  # fmt: skip


def _asked(hint: Hint) -> dict[str, Any]:
    return {"title": hint.title, "words": hint.words, "area": hint.area_code, "lon": hint.lon,
            "lat": hint.lat}  # fmt: skip


def _works_at(unit: Unit, area: str) -> bool:
    return prefix_of(area).startswith(prefix_of(unit.area_code))


def _from(matter: Case) -> dict[str, Any]:
    return {"title": matter.title, "words": "", "address": matter.address}


def level_choices() -> Choices:
    """The kinds of whistle of the procedure."""
    return [(level.key, level.label) for level in procedure_now("whistle").levels]


def _with_limits(procedure: Procedure) -> Choices:
    """The same, each with how soon units have to arrive."""
    return [(level.key, _level_words(procedure, level)) for level in procedure.levels]


def _level_words(procedure: Procedure, level: Level) -> str:
    limit = procedure.limit_of("arrive", level.key)
    if not limit:
        return level.label
    return _("%(level)s（%(limit)s内到场）") % {"level": level.label, "limit": Limit.parse(limit).words()}


class ApproveForm(WithUnits):
    """What is approved: at first as it was asked for."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.ChoiceField(label=gettext_lazy("哪一种哨"))
    words = forms.CharField(required=False, max_length=500, label=gettext_lazy("说明"))
    field_order = ["units", "lead", "level", "words"]

    def __init__(self, row: Whistle, data: Any = None) -> None:
        case = row.case
        gone = set(row.calls.filter(ending="objected").values_list("unit", flat=True))
        asked = [unit for unit in units_asked(row) if unit.active and unit.pk not in gone]
        lead = row.lead if row.lead in asked else None
        initial = {"op": uuid4(), "seen": case.version, "level": case.level,
                   "units": [str(unit.pk) for unit in asked],
                   "lead": str(lead.pk) if lead else ""}  # fmt: skip
        super().__init__(data, initial=initial, auto_id="approve-%s")
        self.offer(units_at(case.area_code))
        self.fields["level"].choices = _with_limits(procedure_of(case))  # type: ignore[attr-defined]

    def told(self) -> Approved:
        """As the action takes it."""
        given = self.cleaned_data
        return Approved(given["op"], self.chosen, self.led_by, given["level"], given["seen"], given["words"])


class OneMoreForm(forms.Form):
    """One more unit, and why."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=gettext_lazy("单位"))
    words = forms.CharField(max_length=500, label=gettext_lazy("为什么还要它到场"))

    def __init__(self, row: Whistle, data: Any = None) -> None:
        super().__init__(data, initial={"op": uuid4()}, auto_id="call-%s")
        called = set(live_calls(row).values_list("unit", flat=True))
        units = [unit for unit in units_at(row.case.area_code) if unit.pk not in called]
        self.offered = {str(unit.pk): unit for unit in units}
        self.fields["unit"].choices = [("", "—"), *unit_choices(units)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Unit:
        """The unit."""
        return self.offered[self.cleaned_data["unit"]]
