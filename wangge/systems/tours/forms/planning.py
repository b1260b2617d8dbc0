"""The plan of a tour: what it is, and in one form with it where it stops."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions.planning import LEAST, MOST, Plan, StopPlan
from ..enums import Kind
from ..models import Stop, Tour
from ..queries.places import area_meant, area_words, areas_offered

Date = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
Time = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
AREAS = "areas-offered"  # the list of names that the browser offers while one types


class TourForm(forms.Form):
    """What the tour is."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=gettext_lazy("标题"), max_length=80, min_length=2)
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=Kind.choices)
    day = forms.DateField(label=gettext_lazy("日期"), widget=Date)
    lead = forms.CharField(
        label=gettext_lazy("带队（写职务）"), max_length=60,
        help_text=gettext_lazy("例如“区委书记”。写职务，不写姓名。"),
    )  # fmt: skip
    participants = forms.CharField(
        label=gettext_lazy("参加（写职务，一行一个）"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    topics = forms.CharField(
        label=gettext_lazy("主题"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, tour: Tour | None = None) -> None:
        super().__init__(data, initial=_told(tour), use_required_attribute=False)


def _told(tour: Tour | None) -> dict[str, Any]:
    if tour is None:
        return {"op": uuid4(), "day": timezone.localdate()}
    names = ("title", "kind", "day", "lead", "participants", "topics", "op")
    return {name: getattr(tour, name) for name in names} | {"seen": tour.version}


class StopForm(forms.Form):
    """One stop; one whose area is left empty is none, one whose area is emptied goes."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    area = forms.CharField(
        label=gettext_lazy("镇街、村（社区）或网格"), max_length=80, required=False,
        widget=forms.TextInput(attrs={"list": AREAS, "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("地点名称"), max_length=80, required=False)
    planned_at = forms.TimeField(label=gettext_lazy("计划时间"), widget=Time, required=False)
    notes = forms.CharField(label=gettext_lazy("看什么、记什么"), max_length=1000, required=False)
    code = ""

    def __init__(self, *args: Any, offered: dict[str, str], **given: Any) -> None:
        self.offered = offered
        super().__init__(*args, **given)

    def clean_area(self) -> str:
        """The area that is meant, inside the reach."""
        typed = self.cleaned_data["area"]
        if not typed.strip():
            return ""
        self.code, alike = area_meant(typed, self.offered)
        if not self.code and alike:
            some = "、".join(alike)
            raise forms.ValidationError(
                _("“%(area)s”可能是：%(some)s。请选一个。") % {"area": typed, "some": some}
            )
        if not self.code:
            raise forms.ValidationError(
                _("“%(area)s”不在您的辖区，或没有这个名字；请从列表里选。") % {"area": typed}
            )
        return typed

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        told = found.get("name") or found.get("notes")
        if not found.get("area") and told and not found.get("pk") and "area" not in self.errors:
            self.add_error("area", _("请选这个点在哪个区域。"))
        return found

    def plan(self) -> StopPlan:
        """As the tour takes it."""
        told = self.cleaned_data
        return StopPlan(self.code, told["name"], told["planned_at"], told["notes"], told["pk"])


class Stops(BaseFormSet):
    """All stops; the empty ones at the end are left out."""

    def plans(self) -> tuple[StopPlan, ...]:
        """Those that are filled in."""
        return tuple(form.plan() for form in self.forms if form.cleaned_data.get("area"))

    def clean(self) -> None:
        filled = [form for form in self.forms if form.cleaned_data.get("area")]
        if len(filled) < LEAST and not any(form.errors for form in self.forms):
            raise forms.ValidationError(_("一次调研至少去 %(least)d 个点，请再加一个。") % {"least": LEAST})


def stops_form(data: Any = None, tour: Tour | None = None) -> Stops:
    """The form of the stops: those of the tour, two at least."""
    if data is not None:
        return _kind()(data, **_given())
    rows = list(Stop.objects.filter(tour=tour).order_by("order")) if tour else []
    words = area_words({row.area_code for row in rows})
    return _open([_row(row, words) for row in rows])


def one_more(data: Any) -> tuple[TourForm, Stops]:
    """Both forms as they were sent, with room for one more stop; nothing of them is checked yet."""
    form = TourForm()
    form.initial = {name: data.get(name, "") for name in form.fields}
    held = data.get("stop-TOTAL_FORMS", "")
    many = min(MOST - 1, int(held)) if held.isascii() and held.isdecimal() else LEAST
    names = list(StopForm.base_fields)
    rows = [{name: data.get(f"stop-{at}-{name}", "") for name in names} for at in range(many)]
    return form, _open([*rows, {}])


def _kind() -> Any:
    return formset_factory(StopForm, formset=Stops, extra=0, max_num=MOST, absolute_max=MOST)


def _given() -> dict[str, Any]:
    return {"prefix": "stop", "form_kwargs": {"offered": areas_offered()}}


def _open(rows: list[dict[str, Any]]) -> Stops:
    initial = rows + [{}] * max(0, LEAST - len(rows))
    return _kind()(initial=initial, **_given())


def _row(stop: Stop, words: dict[str, str]) -> dict[str, Any]:
    return {"pk": stop.pk, "area": words[stop.area_code], "name": stop.name,
            "planned_at": stop.planned_at, "notes": stop.notes}  # fmt: skip


def plan_of(form: TourForm, stops: Stops) -> Plan:
    """What both forms say."""
    told = form.cleaned_data
    names = ("op", "kind", "title", "day", "lead", "participants", "topics")
    return Plan(**{name: told[name] for name in names}, stops=stops.plans())
