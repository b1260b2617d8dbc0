"""New columns of a request are noted as it is read (准入, S177)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.registry.ledgers.queries.rulings import ruling_key

from .. import events
from ..enums import Ruling
from ..models import NewColumn, TableRequest
from ..queries.admission import known_answer, left_empty, unknown_headers


@transaction.atomic
def note_new_columns(*, request: TableRequest) -> list[NewColumn]:
    """Bring the request's new columns in line with what it does not know now: new ones wait, unless the
    dictionary has an answer already; waiting ones it no longer has are dropped. Again changes nothing."""
    headers = {(ruling_key(header) or header)[:160]: header for header in unknown_headers(request)}
    held = {row.key: row for row in NewColumn._base_manager.filter(request=request)}
    gone = [row.pk for key, row in held.items() if key not in headers and row.state == Ruling.WAITING]
    NewColumn._base_manager.filter(pk__in=gone).delete()
    for key, header in headers.items():
        if key not in held:
            _note(request, key, header)
    return list(NewColumn._base_manager.filter(request=request))


@transaction.atomic
def propose_column(*, actor: Any, request: TableRequest, header: str) -> NewColumn:
    """Put a column that was left empty to the district.

    Raises:
        Unacceptable: the request has no such column left empty.
    """
    if header not in left_empty(request):
        raise Unacceptable(_("这张表没有这样一列空着，请刷新页面。"))
    key = (ruling_key(header) or header)[:160]
    _note(request, key, header)
    data = {"columns": 1, "department": request.department}
    journal.record(events.PROPOSED, actor=actor, area=request.area_code, subject=request, data=data)
    return NewColumn._base_manager.get(request=request, key=key)


@transaction.atomic
def propose_question(*, actor: Any, form: str, title: str, area_code: str, header: str) -> NewColumn:
    """Put a question of a form to the district; what the dictionary knows already is answered at once.

    Args:
        form: the form's key. title: what people call it. area_code: whose form it is. header: what is asked,
        as a column would be headed.

    Raises:
        Unacceptable: there is nothing to compare in the words.
    """
    if not (key := ruling_key(header)[:160]):
        raise Unacceptable(_("这道题没有文字，无法裁定。"))
    told = {"header": header[:160], "asked_by": title[:120], "area_code": area_code, **_answered(header)}
    row, new = NewColumn._base_manager.get_or_create(request=None, form=form, key=key, defaults=told)
    if new:
        data = {"columns": 1, "form": form}
        journal.record(events.PROPOSED, actor=actor, area=area_code, subject=row, data=data)
    return row


def _note(request: TableRequest, key: str, header: str) -> None:
    told = {"header": header[:160], **_answered(header)}
    NewColumn._base_manager.get_or_create(request=request, key=key, defaults=told)


def _answered(header: str) -> dict[str, Any]:
    """What the dictionary says of a header already, as a row holds it."""
    ruling, fact, reason = known_answer(header)
    decided = {"decided_by": "system", "decided_at": timezone.now()} if ruling != Ruling.WAITING else {}
    return {"state": ruling, "fact": fact, "reason": reason[:200], **decided}
