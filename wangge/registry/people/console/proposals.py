"""A discrepancy and its proposed repair in words: masked, and only of what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import queries
from ..enums import Sex
from ..models import Discrepancy, Person, Tie
from ..queries import named
from ..rules import ALL, Fault, Sentence, Step
from ..rules.faults import month
from ..rules.finding import faults_among, mark_of


@dataclass(frozen=True)
class Line:
    """One line of the worklist. said: "" when the record no longer says so; steps: what would be written."""

    row: Discrepancy
    sentence: Sentence
    said: str = ""
    why: str = ""
    steps: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    """What the reader may see of the ties and people that steps speak of."""

    ties: dict[int, Tie]
    names: dict[int, str]

    def tie(self, pk: int) -> str:
        tie = self.ties.get(pk)
        if tie is None:
            return _("辖区外的一处关系")
        place = str(tie.room or tie.organisation or tie.area_name)
        return f"{tie.get_kind_display()}（{place}）"

    def name(self, pk: int) -> str:
        return self.names.get(pk) or _("辖区外的一人")


def lines_for(rows: Iterable[Discrepancy]) -> list[Line]:
    """The lines of waiting discrepancies: about a dozen queries, however many rows."""
    shown = [row for row in rows if row.rule in ALL]
    found = faults_among([row.person_id for row in shown], timezone.localdate()) if shown else None
    faults = {(f.person, f.rule, mark_of(f)): f for f in found.faults} if found else {}
    known = _known([step for fault in faults.values() for step in fault.steps])
    return [_line(row, faults.get((row.person_id, row.rule, row.mark)), known) for row in shown]


def _line(row: Discrepancy, fault: Fault | None, known: _Known) -> Line:
    if fault is None:
        return Line(row, ALL[row.rule])
    return Line(row, ALL[row.rule], fault.said, fault.why, [_words(step, known) for step in fault.steps])


def _known(steps: Sequence[Step]) -> _Known:
    keys = [step.target for step in steps if step.do in ("end", "relation")]
    ties = Tie.objects.filter(pk__in=keys).select_related("room__building", "organisation")
    held = {tie.pk: tie for tie in named(ties)}
    people = {tie.person_id for tie in held.values()} | {int(s.value) for s in steps if s.do == "head"}
    return _Known(held, dict(Person.objects.filter(pk__in=people).values_list("pk", "name")))


def _words(step: Step, known: _Known) -> str:
    match step.do:
        case "fact":
            return _fact(step)
        case "end":
            return _("%(tie)s到 %(day)s 为止") % {"tie": known.tie(step.target), "day": step.value}
        case "return":
            return _("%(day)s 已回来，状态改回“在册”") % {"day": step.value}
        case "head":
            return _("户主改为%(name)s") % {"name": known.name(int(step.value))}
        case _:
            tie = known.ties.get(step.target)
            name = known.name(tie.person_id if tie else 0)
            label = queries.meaning_of("relation", step.value) if step.value else _("未填")
            return _("%(name)s与户主的关系改为“%(label)s”") % {"name": name, "label": label}


def _fact(step: Step) -> str:
    if step.field == "birth":
        value = month(date.fromisoformat(step.value))
        return _("出生日期改为证件号码所示的那一天（%(month)s）") % {"month": value}
    label = str(dict(Sex.choices).get(step.value, step.value))
    return _("%(field)s改为%(value)s") % {"field": queries.label_of(step.field), "value": label}
