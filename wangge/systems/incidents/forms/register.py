"""Registering what somebody tells at the window or by phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.enums import Source
from wangge.engines.cases.queries import procedure_now
from wangge.foundation.photos.actions import LARGEST
from wangge.lib.cells import clean_name, clean_phone

from ..kinds import EVENT, KINDS, PROCEDURES, SYSTEMS
from .listing import area_choices

OFFERED = (Source.OFFICE, Source.RESIDENT, Source.DEPARTMENT)


class RegisterForm(forms.Form):
    """Kind, level, area, words, whom to answer, a photo. ``looked``: similar ones were shown, none is it."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    looked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    system = forms.ChoiceField(label=_("登记为"), choices=SYSTEMS.items())
    source = forms.ChoiceField(label=_("怎么来的"), choices=[(each.value, each.label) for each in OFFERED])
    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *KINDS.items()])
    level = forms.ChoiceField(label=_("等级（不选按规程）"), required=False)
    area = forms.ChoiceField(label=_("区域"))
    title = forms.CharField(label=_("一句话说明"), max_length=80)
    words = forms.CharField(
        label=_("详细情况"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    address = forms.CharField(label=_("具体地点"), max_length=200, required=False)
    name = forms.CharField(label=_("反映人（加密保存）"), max_length=40, required=False)
    phone = forms.CharField(label=_("反映人电话（加密保存）"), max_length=20, required=False)
    photo = forms.FileField(
        label=_("照片"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("请选择")), *area_choices(grids=True)]  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", _("按规程")), *_levels()]  # type: ignore[attr-defined]
        for field in self.fields.values():
            if not isinstance(field.widget, forms.HiddenInput):
                field.widget.attrs["class"] = (
                    "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
                )

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if name.error:
            raise ValidationError(_now("称呼里有读不懂的字；写姓氏就行，也可以不填。"))
        return str(name.value or "")

    def clean_phone(self) -> str:
        phone = clean_phone(self.cleaned_data["phone"], demo=settings.DEMO or settings.TEST)
        if phone.error:
            raise ValidationError(_now("这不像一个电话号码；请检查，也可以不填。"))
        return str(phone.value or "")

    def clean_photo(self) -> Any:
        sent = self.cleaned_data["photo"]
        if sent and sent.size > LARGEST:
            raise ValidationError(_now("照片太大（一张最多 12 MB），请调小再传；填的内容还在。"))
        return sent

    def clean(self) -> dict[str, Any]:
        """A level belongs to one procedure."""
        told = super().clean() or self.cleaned_data
        level, system = told.get("level", ""), told.get("system", EVENT)
        if level:
            wanted, _sep, key = level.partition(":")
            if wanted != system:
                self.add_error(
                    "level", _now("这个等级不是“%(system)s”的；请重新选。") % {"system": SYSTEMS[system]}
                )
            told["level"] = key
        return told


def _levels() -> list[tuple[str, list[tuple[str, str]]]]:
    """Levels of both procedures, by registration."""
    return [
        (str(SYSTEMS[system]), [(f"{system}:{each.key}", each.label) for each in procedure_now(key).levels])
        for system, key in PROCEDURES.items()
    ]
