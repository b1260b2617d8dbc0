"""What was heard at a stop, as it is filled in on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.engines.cases.forms.photos import WithPhotos
from wangge.engines.cases.models import Unit
from wangge.engines.cases.queries.units import load_of, units_at

from ..actions.raising import Heard
from ..enums import Raised
from ..models import Stop
from ..queries.tours import called

BOXES = {"class": "form-check-input"}
LEVELS = [("normal", gettext_lazy("一般")), ("urgent", gettext_lazy("紧急"))]


class HeardForm(WithPhotos):
    """Problem → decision → unit → day. Without a decision it is noted for the community or a unit."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    stop = forms.ChoiceField(label=gettext_lazy("哪个点"))
    raised = forms.ChoiceField(
        label=gettext_lazy("怎么处理"), choices=Raised.choices, widget=forms.RadioSelect(attrs=BOXES)
    )
    title = forms.CharField(label=gettext_lazy("什么问题（一句话）"), max_length=80)
    words = forms.CharField(
        label=gettext_lazy("情况"), max_length=900, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    decision = forms.CharField(
        label=gettext_lazy("怎么办"), max_length=900, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    unit = forms.ChoiceField(label=gettext_lazy("交给哪个单位"), required=False)
    due = forms.DateField(
        label=gettext_lazy("完成期限"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    level = forms.ChoiceField(
        label=gettext_lazy("等级"), choices=LEVELS, required=False, widget=forms.RadioSelect(attrs=BOXES)
    )
    field_order = ["stop", "raised", "title", "words", "decision", "unit", "due", "level", "photos"]

    def __init__(
        self, stops: Sequence[Stop], *, decides: bool, stop: int | None = None, **given: Any
    ) -> None:
        self.stops = {str(each.pk): each for each in stops}
        came = [each.pk for each in stops if each.arrived_at]  # where the group is now, else where it begins
        first = stop if str(stop) in self.stops else next(iter([*came[-1:], *self.stops]), None)
        raised = Raised.DECISION if decides else Raised.DIFFICULTY
        start = {"op": uuid4(), "stop": first, "raised": raised, "level": "normal"}
        super().__init__(initial=start, auto_id="heard-%s", **given)
        fields: dict[str, Any] = self.fields
        names = called(stops)
        fields["stop"].choices = [(key, names[each.pk]) for key, each in self.stops.items()]
        if not decides:
            fields["raised"].choices = [(str(Raised.DIFFICULTY), Raised.DIFFICULTY.label)]
        fields["due"].widget.attrs["min"] = timezone.localdate().isoformat()
        fields["photos"].label = _("照片")
        self.units, fields["unit"].choices = units_offered(stops, names)

    def clean_unit(self) -> Unit | None:
        """One that works at the stop."""
        unit, stop = self.units.get(self.cleaned_data["unit"]), self.stops.get(self.data.get("stop", ""))
        kind = self.data.get("raised", "")
        if unit is not None and stop is not None and unit not in units_at(stop.area_code, kind):
            raise forms.ValidationError(_("“%(unit)s”不在这个点办事；请选别的单位。") % {"unit": unit.name})
        return unit

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("due") and found["due"] < timezone.localdate():
            self.add_error("due", _("完成期限已经过去；请选今天或以后的日子。"))
        if found.get("raised") == Raised.DECISION:
            self._whole(found)
        return found

    def _whole(self, found: dict[str, Any]) -> None:
        needed = (("decision", _("请写怎么办。")), ("unit", _("请选交给哪个单位。")),
                  ("due", _("请选完成期限。")))  # fmt: skip
        for name, words in needed:
            if not found.get(name) and name not in self.errors:
                self.add_error(name, words)

    @property
    def where(self) -> Stop:
        """The stop it was heard at."""
        return self.stops[self.cleaned_data["stop"]]

    def heard(self) -> Heard:
        """As it becomes a matter."""
        told = self.cleaned_data
        decision = told["decision"] if told["raised"] == Raised.DECISION else ""
        return Heard(
            op=told["op"], stop=self.where, title=told["title"], raised=told["raised"], words=told["words"],
            decision=decision, unit=told["unit"], due=told["due"], level=told["level"] or "normal",
            photos=self.digests,
        )  # fmt: skip


def units_offered(stops: Sequence[Stop], names: dict[int, str]) -> tuple[dict[str, Unit], list[Any]]:
    """The units by key, and the choices: those that work at every stop first, then those of one stop each.
    How busy each is stands beside its name."""
    by_stop = {
        stop.pk: {u for kind in Raised.values for u in units_at(stop.area_code, kind)} for stop in stops
    }
    everywhere = set.intersection(*by_stop.values()) if by_stop else set()
    found = sorted({unit for units in by_stop.values() for unit in units}, key=lambda unit: unit.name)
    load = load_of(found)
    choices: list[Any] = [("", _("—（由村居研究）"))]
    choices += [_choice(unit, load) for unit in found if unit in everywhere]
    for stop in stops:
        own = [_choice(unit, load) for unit in found if unit in by_stop[stop.pk] - everywhere]
        choices += [(names[stop.pk], own)] if own else []
    return {str(unit.pk): unit for unit in found}, choices


def _choice(unit: Unit, load: dict[int, int]) -> tuple[str, str]:
    words = _("%(unit)s（在办 %(load)d 件）") % {"unit": unit.name, "load": load.get(unit.pk, 0)}
    return str(unit.pk), words
