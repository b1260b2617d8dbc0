"""A part of a case that gets a number of its own."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions import Matter
from ..kinds import system_of
from ..models import Case


class SplitForm(forms.Form):
    """What the part is; the rest it has from the whole."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("是什么事"))
    title = forms.CharField(max_length=80, label=_("一句话"))
    words = forms.CharField(
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}), label=_("经过和情况")
    )
    why = forms.CharField(max_length=200, label=_("为什么拆开"))

    def __init__(self, case: Case, data: Any = None) -> None:
        self.case = case
        super().__init__(data, initial={"op": uuid4(), "kind": case.kind}, auto_id="split-%s")
        self.fields["kind"].choices = kinds_of(case)  # type: ignore[attr-defined]

    def matter(self) -> Matter:
        """The part as it is opened: at the same place, from the same source."""
        told, case = self.cleaned_data, self.case
        return Matter(
            op=told["op"], system=case.system, kind=told["kind"], area=case.area_code, title=told["title"],
            source=case.source, words=told["words"], address=case.address, room=case.room,
            building=case.building, organisation=case.organisation,
            place=(case.lon, case.lat) if case.lon is not None and case.lat is not None else None,
        )  # fmt: skip


def kinds_of(case: Case) -> list[tuple[str, Any]]:
    """The classes of the case's system."""
    try:
        return list(system_of(case.system).kinds.items())
    except KeyError:
        return [(case.kind, case.kind)]
