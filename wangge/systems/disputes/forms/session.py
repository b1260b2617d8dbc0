"""A sitting of mediation."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.forms.photos import WithPhotos
from wangge.engines.cases.models import Case
from wangge.foundation.access.models import User

from ..actions.sessions import Told
from ..enums import Result, Way
from ..queries.parties import Line
from .opening import Day

SEPARATORS = re.compile(r"[、，,;；\s]+")
BOXES = {"class": "form-check-input"}


class SessionForm(WithPhotos):
    """When, where, who, what each side said, where it got to."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    held_on = forms.DateField(label=_("日期"), widget=Day)
    place = forms.CharField(label=_("地点"), max_length=120)
    way = forms.ChoiceField(label=_("方式"), choices=Way.choices)
    mediators = forms.MultipleChoiceField(
        label=_("调解人"), required=False, widget=forms.CheckboxSelectMultiple(attrs=BOXES)
    )
    others = forms.CharField(label=_("外请的调解人"), max_length=120, required=False)
    result = forms.ChoiceField(label=_("谈得怎样"), choices=Result.choices)
    next_on = forms.DateField(label=_("下一次"), required=False, widget=Day)
    words = forms.CharField(label=_("小结"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self,
        case: Case,
        people: list[User],
        parties: list[Line],
        actor: Any,
        data: Any = None,
        files: Any = None,
    ) -> None:
        self.people = {str(user.pk): user for user in people}
        mine = str(getattr(actor, "pk", ""))
        record = case.dispute
        initial = {
            "op": uuid4(), "seen": case.version, "held_on": timezone.localdate(), "place": record.body,
            "way": record.way, "mediators": [mine] if mine in self.people else [],
        }  # fmt: skip
        super().__init__(data, files, initial=initial)
        choices = [(key, user.name or user.username) for key, user in self.people.items()]
        self.fields["mediators"].choices = choices  # type: ignore[attr-defined]
        self.parties = parties
        for line in parties:
            self.fields[f"said_{line.party.number}"] = forms.CharField(
                label=line.called, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.fields["others"].help_text = _("没有账号的人民调解员、律师等，多人用顿号隔开。")
        self.fields["photos"].label = _("照片")

    @property
    def said(self) -> list[forms.BoundField]:
        """The fields of what each party said."""
        return [self[f"said_{line.party.number}"] for line in self.parties]

    def told(self) -> Told:
        """As the action takes it."""
        given = self.cleaned_data
        said = {line.party.number: given[f"said_{line.party.number}"] for line in self.parties}
        return Told(
            given["op"], given["held_on"], given["place"], given["way"], given["result"],
            given["words"].strip(), [self.people[key] for key in given["mediators"]],
            [name for name in SEPARATORS.split(given["others"]) if name], said, given["next_on"],
            self.digests,
        )  # fmt: skip
