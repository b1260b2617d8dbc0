"""A follow-up: what became of each thing agreed on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.models import Case

from ..actions.follow_ups import Told
from ..enums import By, Opinion
from ..queries.record import TermLine
from .opening import Day

KEPT = [("", _("还不清楚")), ("yes", _("已履行")), ("no", _("没有履行"))]
STANDS: dict[str, bool | None] = {"yes": True, "no": False, "": None}


class FollowForm(forms.Form):
    """When, how, what was said; for each term whether it is done; what comes of it."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.DateField(label=_("回访日期"), widget=Day)
    by = forms.ChoiceField(label=_("怎么回访"), choices=By.choices)
    opinion = forms.TypedChoiceField(
        label=_("当事人的意见"), required=False, coerce=int, empty_value=None,
        choices=[("", _("没有说")), *Opinion.choices],
    )  # fmt: skip
    words = forms.CharField(label=_("情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    do = forms.ChoiceField(label=_("接下来"))

    def __init__(
        self,
        case: Case,
        terms: list[TermLine],
        steps: list[tuple[str, str]],
        data: Any = None,
        asked: str = "",
    ) -> None:
        initial = {"op": uuid4(), "seen": case.version, "on": timezone.localdate(), "do": asked}
        super().__init__(data, initial=initial)
        self.fields["do"].choices = steps  # type: ignore[attr-defined]
        self.term_lines = terms
        for line in terms:
            name = {None: "", True: "yes", False: "no"}[line.term.kept]
            self.fields[f"term_{line.term.pk}"] = forms.ChoiceField(
                label=line.words, choices=KEPT, required=False, initial=name
            )

    @property
    def terms(self) -> list[tuple[TermLine, forms.BoundField]]:
        """Each term with its field."""
        return [(line, self[f"term_{line.term.pk}"]) for line in self.term_lines]

    def told(self) -> Told:
        """As the action takes it."""
        given = self.cleaned_data
        kept = {line.term.pk: STANDS[given[f"term_{line.term.pk}"]] for line in self.term_lines}
        return Told(
            given["op"], given["do"], given["on"], given["by"], given["words"].strip(), kept, given["opinion"]
        )
