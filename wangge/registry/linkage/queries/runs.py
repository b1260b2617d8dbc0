"""Runs as pages show them; every number opens its rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.lib.linking import RULES, STAGES

from ..enums import OWN_STAGES, PROBLEMS, RunState
from ..models import LinkRun, SettledRow
from .pairs import pairs


@dataclass(frozen=True)
class Count:
    """One figure of a run; ``address`` opens its rows, "" where it has none."""

    label: str
    number: int
    hint: str = ""
    address: str = ""


@dataclass(frozen=True)
class RuleLine:
    """A blocking rule with what it made."""

    means: str
    pairs: int
    largest: int


def runs() -> QuerySet[LinkRun]:
    """All runs in reach, the newest first."""
    return LinkRun.objects.all()


def going() -> LinkRun | None:
    """The run that waits or is under way in reach."""
    return LinkRun.objects.filter(state__in=[RunState.WAITING, RunState.RUNNING]).first()


def stage_of(run: LinkRun) -> str:
    """What it is doing, in words."""
    return str({**STAGES, **OWN_STAGES}.get(run.stage, run.get_state_display()))


def problem_of(run: LinkRun) -> str:
    """Why it did not come to its end, and what to do."""
    return str(PROBLEMS.get(run.problem, run.problem)) if run.problem else ""


def seconds_of(run: LinkRun) -> int:
    """How long it has been going."""
    return int((timezone.now() - run.begun_at).total_seconds()) if run.begun_at else 0


def counts_of(run: LinkRun) -> list[Count]:
    """The figures; those with rows are counted from the rows the reader may see."""
    told = run.counts
    return [
        Count(_("读到的记录"), told.get("records", 0), _("登记的人和待裁定的行")),
        Count(_("比过的对"), told.get("compared", 0), _("只比有线索的，见下表")),
        _pairs(run, "merged", _("合并为一人"), _("都可以撤销")),
        Count(
            _("待裁定的行"),
            settled_rows(run).count(),
            _("记为同一人"),
            reverse("linkage:rows", args=[run.pk]),
        ),
        _pairs(run, "open", _("还等人核对"), _("拿不准的")),
        _pairs(run, "refused", _("号码不同"), _("像同一人，但不合并")),
        Count(_("不是同一人"), told.get("apart", 0), _("有相似之处，但不够")),
    ]


def _pairs(run: LinkRun, view: str, label: str, hint: str) -> Count:
    address = f"{reverse('linkage:list')}?view={view}&run={run.pk}"
    return Count(label, pairs(view, run=run.pk).order_by().count(), hint, address)


def settled_rows(run: LinkRun) -> QuerySet[SettledRow]:
    """Waiting rows that this run settled."""
    return SettledRow.objects.filter(run=run).select_related("case__person", "case__batch").order_by("pk")


def rules_of(run: LinkRun) -> list[RuleLine]:
    """The blocking rules with the pairs each made, the most first."""
    lines = [RuleLine(str(RULES.get(code, code)), made, largest) for code, made, largest in run.loads]
    return sorted(lines, key=lambda line: -line.pairs)
