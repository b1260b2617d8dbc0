"""What waits for admission, and what a request's columns came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from wangge.registry.ledgers.dictionary import admitted, exact, never
from wangge.registry.ledgers.queries.rulings import ruling_key

from ..enums import ColumnState, RequestState, Ruling
from ..models import NewColumn, TableRequest
from .describing import columns_once


@dataclass
class Admission:
    """A request's columns: 42 = 35 known + 2 computed + 5 new; ``rows``: the new ones and their decisions."""

    request: TableRequest
    rows: list[NewColumn] = field(default_factory=list)

    @property
    def waiting(self) -> list[NewColumn]:
        return [row for row in self.rows if row.state == Ruling.WAITING]

    @property
    def decided(self) -> list[NewColumn]:
        return [row for row in self.rows if row.state != Ruling.WAITING]


def admission_of(request: TableRequest) -> Admission:
    """What the admission page of a request shows."""
    return Admission(request, list(request.new_column_rows.all()))


def waiting_requests() -> QuerySet[TableRequest]:
    """Requests in reach with columns that wait, the oldest first; ``waiting`` says how many."""
    waiting = Count("new_column_rows", filter=Q(new_column_rows__state=Ruling.WAITING))
    found = TableRequest.objects.exclude(state=RequestState.CLOSED).annotate(waiting=waiting)
    return found.filter(waiting__gt=0).order_by("pk")


def waiting_questions() -> QuerySet[NewColumn]:
    """Questions of forms in reach that wait for a decision, the oldest first."""
    return NewColumn.objects.filter(request=None, state=Ruling.WAITING).order_by("pk")


def rulings_for(form: str) -> dict[str, NewColumn]:
    """What became of the questions that a form put to the district, by their key (``ruling_key``)."""
    return {row.key: row for row in NewColumn._base_manager.filter(request=None, form=form)}


def waiting_columns() -> QuerySet[NewColumn]:
    """Columns in reach that wait for a decision."""
    return NewColumn.objects.filter(state=Ruling.WAITING).exclude(request__state=RequestState.CLOSED)


def known_answer(header: str) -> tuple[str, str, str]:
    """(ruling, fact, reason) the dictionary already gives a header; the ruling is "waiting" when none."""
    key = ruling_key(header)
    if why := never(header):
        return Ruling.DECLINED, "", why.reason.zh
    if why_not := admitted().declined.get(key):
        return Ruling.DECLINED, "", why_not
    if codes := exact(key):
        return Ruling.ADMITTED if codes[0] in admitted().facts else Ruling.MAPPED, codes[0], ""
    return Ruling.WAITING, "", ""


def unknown_headers(request: TableRequest) -> list[str]:
    """The headers nobody can read, each once; a column the unit chose to leave empty is none, unless it was
    put to the district all the same."""
    proposed = set(NewColumn._base_manager.filter(request=request).values_list("header", flat=True))
    return [header for header, chosen in _new_headers(request).items() if not chosen or header in proposed]


def left_empty(request: TableRequest) -> list[str]:
    """The headers the unit chose to leave empty and did not put to the district."""
    proposed = set(NewColumn._base_manager.filter(request=request).values_list("header", flat=True))
    return [header for header, chosen in _new_headers(request).items() if chosen and header not in proposed]


def _new_headers(request: TableRequest) -> dict[str, bool]:
    """Header → whether it is new only because the unit said "leave it empty"."""
    return {
        column["header"]: "留空" in column["why"]
        for column in columns_once(request.sheets)
        if column["state"] == ColumnState.NEW
    }


def to_read_again(fact: str) -> list[TableRequest]:
    """Open requests a column of which became ``fact`` and that do not take it yet."""
    columns = NewColumn._base_manager.filter(fact=fact, state__in=(Ruling.ADMITTED, Ruling.MAPPED))
    found = TableRequest._base_manager.filter(pk__in=columns.values("request")).exclude(
        state=RequestState.CLOSED
    )
    return [request for request in found.order_by("pk") if fact not in request.fields]
