"""What a unit says of itself, and what is said of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions.reporting import Report
from ..actions.scoring import Given
from ..enums import What
from ..models import Call
from ..models.score import MOST


class ReportForm(forms.Form):
    """One thing a unit reports; an arrival comes with the place."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(choices=What.choices, widget=forms.HiddenInput)
    words = forms.CharField(required=False, max_length=500, label=gettext_lazy("说明"))
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)

    def __init__(self, call: Call, what: str, data: Any = None) -> None:
        self.call, self.about = call, what
        super().__init__(data, initial={"op": uuid4(), "what": what}, auto_id=f"report-{call.pk}-{what}-%s")
        words = self.fields["words"]
        words.required = what in (What.CONTACT, What.OBJECT)
        words.label = _("原因") if what == What.OBJECT else _("说明")
        if what != What.ARRIVE:
            del self.fields["lon"], self.fields["lat"]

    @property
    def label(self) -> str:
        """What the button says."""
        return str(What(self.about).label)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.about == What.ARRIVE and (found.get("lon") is None or found.get("lat") is None):
            self.add_error(None, _("请点“用我现在的位置”，在现场办理。"))
        return found

    def told(self) -> Report:
        """As the action takes it."""
        given = self.cleaned_data
        place = (given["lon"], given["lat"]) if self.about == What.ARRIVE else None
        return Report(given["op"], self.about, given["words"], place)


class ScoreForm(forms.Form):
    """Three numbers of a unit."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    response = forms.TypedChoiceField(coerce=int, label=gettext_lazy("响应"))
    attitude = forms.TypedChoiceField(coerce=int, label=gettext_lazy("态度"))
    result = forms.TypedChoiceField(coerce=int, label=gettext_lazy("结果"))
    words = forms.CharField(required=False, max_length=500, label=gettext_lazy("说明"))

    def __init__(self, call: Call, data: Any = None) -> None:
        self.call = call
        super().__init__(data, initial={"op": uuid4()}, auto_id=f"score-{call.pk}-%s")
        numbers = [("", "—"), *((str(n), _("%(n)d 分") % {"n": n}) for n in range(MOST, 0, -1))]
        for name in ("response", "attitude", "result"):
            self.fields[name].choices = numbers  # type: ignore[attr-defined]

    def given(self) -> Given:
        """As the action takes it."""
        told = self.cleaned_data
        return Given(told["op"], told["response"], told["attitude"], told["result"], told["words"])
