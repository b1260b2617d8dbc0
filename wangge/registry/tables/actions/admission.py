"""New columns of a request: admitted, mapped or declined, and read again afterwards (准入, S177)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.registry.ledgers.actions import admission as dictionary
from wangge.registry.ledgers.dictionary import exact
from wangge.registry.ledgers.models import AdmittedField
from wangge.registry.ledgers.queries.rulings import ruling_key

from .. import events
from ..enums import Ruling
from ..models import NewColumn, TableRequest
from ..queries.admission import to_read_again
from ..queries.describing import describe
from ..workbook import Book
from . import keeping
from .columns import note_new_columns
from .receive import settle


@transaction.atomic
def admit_column(*, actor: Any, column: NewColumn, **field: Any) -> AdmittedField:
    """Admit a column as a new fact: see ``ledgers.actions.admission.admit_field`` for ``field``.

    Raises:
        Unacceptable: decided already, or the field may not be admitted as it stands.
    """
    column = _undecided(column)
    leaf = column.header.rpartition("/")[2]
    words = [*field.pop("synonyms", ()), *([] if exact(ruling_key(leaf)) else [leaf])]
    made = dictionary.admit_field(actor=actor, asked_by=column.asker, synonyms=words, **field)
    if column.key != ruling_key(made.name) and column.key not in map(ruling_key, made.synonyms):
        dictionary.map_header(actor=actor, header=column.header, fact=made.code, asked_by=column.asker)
    _decide(column, actor, Ruling.ADMITTED, fact=made.code)
    return made


@transaction.atomic
def map_column(*, actor: Any, column: NewColumn, fact: str) -> NewColumn:
    """A column is a known fact by another name; the district remembers it.

    Raises:
        Unacceptable: decided already, no such fact, or the header names what may never be known.
    """
    column = _undecided(column)
    dictionary.map_header(actor=actor, header=column.header, fact=fact, asked_by=column.asker)
    return _decide(column, actor, Ruling.MAPPED, fact=fact)


@transaction.atomic
def decline_column(*, actor: Any, column: NewColumn, reason: str) -> NewColumn:
    """A column is not admitted; it stays empty in every table, with the reason.

    Raises:
        Unacceptable: decided already, or no reason.
    """
    column = _undecided(column)
    dictionary.decline_header(actor=actor, header=column.header, reason=reason, asked_by=column.asker)
    return _decide(column, actor, Ruling.DECLINED, reason=reason.strip()[:200])


def _undecided(column: NewColumn) -> NewColumn:
    row = NewColumn._base_manager.select_for_update(of=("self",)).select_related("request").get(pk=column.pk)
    if row.state != Ruling.WAITING:
        raise Unacceptable(_("“%(header)s”已经有人裁定，请刷新页面。") % {"header": row.header})
    return row


def _decide(column: NewColumn, actor: Any, ruling: str, fact: str = "", reason: str = "") -> NewColumn:
    """The decision holds for every request that waits for the same column."""
    NewColumn._base_manager.filter(key=column.key, state=Ruling.WAITING).update(
        state=ruling,
        fact=fact,
        reason=reason,
        decided_by=journal.account_of(actor),
        decided_at=timezone.now(),
    )
    column.refresh_from_db()
    if column.request:
        read_again(actor=actor, request=column.request)
    return column


def read_again(*, actor: Any, request: TableRequest) -> TableRequest:
    """Recognise a request's blank anew, with the words the dictionary has now; answers given before stay.
    A request whose blank is gone stays as it is."""
    if not request.stored:
        return request
    with keeping.opened(request.stored, request.file_name) as path:
        sheets = describe(Book(path, request.file_name), request.area_code, request.unit)
    with transaction.atomic():
        settle(request, sheets)
        request.save()
        data = {"columns": request.columns, "unknown": len(request.unknown)}
        journal.record(events.MAPPED, actor=actor, area=request.area_code, subject=request, data=data)
        note_new_columns(request=request)
    return request


def read_all_again(*, actor: Any, fact: str) -> int:
    """Every request that waits for a fact just decided reads its blank anew; returns how many did."""
    waiting = to_read_again(fact)
    for request in waiting:
        read_again(actor=actor, request=request)
    return len(waiting)
