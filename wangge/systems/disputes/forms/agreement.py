"""The agreement as it is drafted, and the paper that was signed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.forms.photos import WithPhotos
from wangge.engines.cases.models import Case

from ..actions.agreements import MOST_TERMS, Signed, TermTold, Told
from ..queries.parties import Line
from ..queries.record import AgreementLine
from .opening import Day, kept
from .parties import _number

FEWEST = 2


class TermForm(forms.Form):
    """One thing agreed on; a row without words says nothing."""

    words = forms.CharField(
        label=_("约定什么"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    party = forms.ChoiceField(label=_("由谁履行"), required=False)
    amount = forms.DecimalField(
        label=_("金额（元）"), required=False, max_digits=12, decimal_places=2, min_value=0
    )
    due_on = forms.DateField(label=_("最迟哪天"), required=False, widget=Day)

    def __init__(self, parties: list[Line], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [("", gettext("各方")), *((str(line.party.number), line.called) for line in parties)]
        self.fields["party"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("words") and not found.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", gettext("请选最迟哪天履行。"))
        if not found.get("words") and (found.get("amount") or found.get("due_on")):
            self.add_error("words", gettext("请写约定什么。"))
        return found

    def told(self) -> TermTold | None:
        """As the action takes it."""
        given = self.cleaned_data
        if not given.get("words"):
            return None
        party = int(given["party"]) if given["party"] else None
        return TermTold(given["words"], given["due_on"], party, given["amount"])


class AgreementForm(forms.Form):
    """The facts, and rows of terms."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    facts = forms.CharField(
        label=_("纠纷事实和争议"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, parties: list[Line], line: AgreementLine | None, data: QueryDict | None = None, *,
                 look: bool = True, more: int = 0) -> None:  # fmt: skip
        initial: dict[str, Any] = {"op": uuid4(), "version": 0}
        if line is not None:
            initial |= {"version": line.agreement.version, "facts": line.facts}
        if data is not None and not look:
            initial |= kept(data, AgreementForm)
        super().__init__(data if look else None, initial=initial)
        if data is None:
            self.terms = _known(parties, line)
        else:
            self.terms = _sent(parties, data, look, more)
        self.count = len(self.terms)

    def is_valid(self) -> bool:
        """Whether the facts and every row can be read."""
        return all([super().is_valid(), *[term.is_valid() for term in self.terms]])

    def told(self) -> Told:
        """As the action takes it."""
        given = self.cleaned_data
        terms = [told for term in self.terms if (told := term.told()) is not None]
        return Told(given["op"], given["facts"], terms, given["version"])


def _known(parties: list[Line], line: AgreementLine | None) -> list[TermForm]:
    rows = [
        {"words": each.words, "party": each.term.party.number if each.term.party else "",
         "amount": each.term.amount, "due_on": each.term.due_on}
        for each in (line.terms if line else [])
    ]  # fmt: skip
    rows += [{} for _at in range(max(FEWEST - len(rows), 0))]
    return [TermForm(parties, prefix=f"t{at}", initial=row) for at, row in enumerate(rows)]


def _sent(parties: list[Line], data: QueryDict, look: bool, more: int) -> list[TermForm]:
    count = min(_number(data.get("terms")) + more, MOST_TERMS)
    if look:
        return [TermForm(parties, data, prefix=f"t{at}") for at in range(count)]
    return [TermForm(parties, prefix=f"t{at}", initial=kept(data, TermForm, f"t{at}")) for at in range(count)]


class SignForm(WithPhotos):
    """The paper was signed: when, and photos of it."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    signed_on = forms.DateField(label=_("签字日期"), widget=Day)
    words = forms.CharField(label=_("说明"), max_length=500, required=False)
    photos_needed = True

    def __init__(self, case: Case, data: Any = None, files: Any = None) -> None:
        initial = {"op": uuid4(), "seen": case.version, "signed_on": timezone.localdate()}
        super().__init__(data, files, initial=initial, auto_id="sign-%s")
        self.fields["photos"].label = gettext("签了字的协议书（照片）")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not (found.get("photos") or self.kept_count) and "photos" not in self.errors:
            self.add_error("photos", gettext("请拍下签了字的协议书。"))
        return found

    def told(self) -> Signed:
        """As the action takes it."""
        given = self.cleaned_data
        return Signed(given["op"], given["signed_on"], self.digests, given["words"])
