"""Which tables use a fact, for the fact's page in the dictionary."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wangge.registry.ledgers.queries.dictionary import Use

from ..enums import RequestState
from ..models import TableRequest


def tables_using(code: str) -> list[Use]:
    """The open requests of the reach that take a fact, the newest first. One query."""
    rows = TableRequest.objects.exclude(state=RequestState.CLOSED).order_by("-pk")
    return [
        Use(_("部门报表"), title, reverse("tables:admission", args=[pk]))
        for pk, title, fields in rows.values_list("pk", "title", "fields")
        if code in fields
    ]
