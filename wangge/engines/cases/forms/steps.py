"""The form of a step, made from what the procedure says it needs."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions import Wish
from ..enums import When
from ..models import Case
from ..queries.choices import area_choices, unit_choices
from ..queries.worklist import case_numbered
from ..reading.procedure import Procedure
from ..reading.procedure import Step as Rule
from ..words import told_words
from .photos import WithPhotos

RATINGS = [("3", gettext_lazy("满意")), ("2", gettext_lazy("基本满意")), ("1", gettext_lazy("不满意"))]
BOXES = {"class": "form-check-input"}
SOLVED = [("yes", gettext_lazy("解决了")), ("no", gettext_lazy("没解决"))]


class StepForm(WithPhotos):
    """One step. Fields that the step does not need are not there, but for words and photos: both are always
    welcome."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("说明")
    )
    field_order = ["unit", "units", "level", "area", "case", "until", "rating", "solved", "words", "photos"]

    def __init__(self, rule: Rule, procedure: Procedure, case: Case, actor: Any, **given: Any) -> None:
        self.rule, self.case, self.actor = rule, case, actor
        start = {"op": uuid4(), "seen": case.version}
        super().__init__(initial=start, auto_id=f"{rule.key}-%s", use_required_attribute=True, **given)
        self._words_and_photos(set(rule.needs))
        for need in rule.needs:
            made = MAKERS.get(need)
            if made is not None:
                self.fields.update(made(self, procedure))
        self.order_fields(self.field_order)

    def _words_and_photos(self, needs: set[str]) -> None:
        words, photos = self.fields["words"], self.fields["photos"]
        words.required = bool(needs & {"words", "reason"})
        words.label = _("原因") if "reason" in needs else _("说明")
        self.photos_needed = bool(needs & {"photo", "photo_after"})
        photos.label = _("处置后的照片") if "photo_after" in needs else _("照片")

    @property
    def tells(self) -> list[str]:
        """Whom the step tells, in words."""
        return told_words(self.rule.tells)

    @property
    def when(self) -> str:
        """What the photos of this step show."""
        if "photo_after" in self.rule.needs:
            return str(When.AFTER)
        return str(When.OTHER if self.case.dispatched else When.BEFORE)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (
            self.photos_needed
            and not (found.get("photos") or self.kept_count)
            and "photos" not in self.errors
        ):
            self.add_error("photos", _("请拍一张照片。"))
        return found

    def clean_case(self) -> Case:
        """The other case, one of those the reader may see."""
        found = case_numbered(self.actor, self.cleaned_data["case"].strip())
        if found is None:
            raise forms.ValidationError(_("没有找到这个编号的事项。"))
        return found

    def wish(self) -> Wish:
        """What she wants done."""
        told = self.cleaned_data
        lon, lat = told.get("lon"), told.get("lat")
        unit = self._units().get(told.get("unit", ""))
        helps = () if unit is None or "dispatched" in self.rule.counts else (unit,)
        return Wish(
            self.rule.key, told["op"], told["seen"], told.get("words", "").strip(),
            tuple((digest, self.when) for digest in self.digests),
            (lon, lat) if lon is not None and lat is not None else None,
            unit=unit, helpers=(*helps, *(self._units()[key] for key in told.get("units", []))),
            level=told.get("level", ""), area=told.get("area", ""), until=_end_of(told.get("until")),
            other=told.get("case") or None, rating=int(told["rating"]) if told.get("rating") else None,
            solved={"yes": True, "no": False}.get(told.get("solved", "")),
        )  # fmt: skip

    def _units(self) -> dict[str, Any]:
        return getattr(self, "units_offered", {})

    def again(self, version: int, op: UUID) -> QueryDict:
        """What she sent, to be shown once more on top of the newest step."""
        data = cast(QueryDict, self.data).copy()
        data["seen"], data["kept"], data["op"] = str(version), self.kept_token, str(op)
        return data


def _end_of(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


def _unit(form: StepForm, procedure: Procedure) -> dict[str, forms.Field]:
    choices, form.units_offered = unit_choices(form.case)  # type: ignore[attr-defined]
    return {"unit": forms.ChoiceField(choices=[("", "—"), *choices], label=_("处置单位"))}


def _units(form: StepForm, procedure: Procedure) -> dict[str, forms.Field]:
    choices, form.units_offered = unit_choices(form.case)  # type: ignore[attr-defined]
    return {"units": forms.MultipleChoiceField(choices=choices, label=_("协办单位"))}


def _level(form: StepForm, procedure: Procedure) -> dict[str, forms.Field]:
    choices = [(level.key, level.label) for level in procedure.levels]
    return {"level": forms.ChoiceField(choices=choices, initial=form.case.level, label=_("等级"))}


def _area(form: StepForm, procedure: Procedure) -> dict[str, forms.Field]:
    return {"area": forms.ChoiceField(choices=area_choices(form.case.area_code), label=_("移到哪里"))}


def _until(form: StepForm, procedure: Procedure) -> dict[str, forms.Field]:
    widget = forms.DateInput(attrs={"type": "date", "min": timezone.localdate().isoformat()})
    return {"until": forms.DateField(widget=widget, label=_("到哪一天"))}


def _place(form: StepForm, procedure: Procedure) -> dict[str, forms.Field]:
    said = {"required": _("请点“用我现在的位置”，在现场办理。")}
    return {
        "lon": forms.FloatField(min_value=-180, max_value=180, widget=forms.HiddenInput, error_messages=said),
        "lat": forms.FloatField(min_value=-90, max_value=90, widget=forms.HiddenInput, error_messages=said),
    }


def _case(form: StepForm, procedure: Procedure) -> dict[str, forms.Field]:
    return {"case": forms.CharField(max_length=12, label=_("并入哪一件（编号）"))}


def _rating(form: StepForm, procedure: Procedure) -> dict[str, forms.Field]:
    boxes = forms.RadioSelect(attrs=BOXES)
    return {
        "rating": forms.ChoiceField(choices=RATINGS, label=_("满意吗"), widget=boxes),
        "solved": forms.ChoiceField(choices=SOLVED, label=_("解决了吗"), widget=boxes, required=False),
    }


MAKERS = {
    "unit": _unit, "units": _units, "level": _level, "area": _area, "until": _until, "place": _place,
    "case": _case, "rating": _rating,
}  # fmt: skip
