"""What a declaration asks at one place today, for a program that draws the form itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Schema

from wangge.foundation.clients.rules import REFUSALS
from wangge.foundation.orders.enums import FieldKind
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.problems import Problem
from wangge.lib.scoping import EVERYWHERE, within

from ..actions.submit import AT_THE_PLACE
from ..actions.submit_limits import count_client
from ..enums import Kind
from ..models import ReportCode
from ..queries.codes import NoSuchCode, read_code
from ..queries.notice import notice
from ..queries.order_fields import fields_for
from ..reading import TooMany
from ..rules.asked import ASKED, NEEDED
from .router import router
from .taking import address_of


class NoticeOut(Schema):
    """What is shown before anybody agrees; ``version`` goes into ``consent.notice``."""

    version: str
    text: list[str]


class KindOut(Schema):
    """One kind of declaration: the paths it asks for, and those of them it is refused without."""

    kind: Kind
    label: str
    asked: list[str]
    needed: list[str]


class EmergencyOut(Schema):
    """What an emergency order in force asks of every person, sent in ``people[].emergency``."""

    key: str
    label: str
    kind: FieldKind
    choices: list[str]
    required: bool
    note: str


class FormOut(Schema):
    """The form behind one code, as it stands today."""

    number: str
    label: str
    place: str
    notice: NoticeOut
    kinds: list[KindOut]
    emergency: list[EmergencyOut]


@router.get(
    "/form",
    auth=None,
    response={200: FormOut, **{status: REFUSALS[status] for status in (404, 422, 429)}},
    summary="报备要填什么",
)
def declaration_form(request: HttpRequest, code: str = Query(..., min_length=1, max_length=400)) -> Any:
    """The notice with its version, what each kind asks and needs, and what an emergency order adds; no key is
    needed. ``code`` is what was scanned or typed, as in ``POST /declarations``."""
    with within(EVERYWHERE):
        return _drawn(_read(request, code))


def _read(request: HttpRequest, text: str) -> ReportCode:
    try:
        return read_code(text)
    except NoSuchCode:
        _count_a_try(request)
    title = _("没有这个报备码，或已停用。")
    raise Problem(404, "not_found", title, _("请重新扫描墙上的二维码，或核对十位号码。"))


def _count_a_try(request: HttpRequest) -> None:
    """Whoever tries numbers is slowed, here as on the page."""
    try:
        count_client(device="", address=f"look-up {address_of(request)}")
    except TooMany as refusal:
        wait = refusal.retry_after
        raise Problem(429, "too_many", refusal.errors[""], _("请稍后再试。"), retry_after=wait) from None


def _drawn(code: ReportCode) -> dict[str, Any]:
    told, here = notice(), {"stay.address"} if code.scope in AT_THE_PLACE else set()
    return {
        "number": code.number,
        "label": code.label,
        "place": area_name_path(code.area_code, " "),
        "notice": {"version": told.version, "text": list(told.text)},
        "kinds": [
            {
                "kind": kind,
                "label": str(kind.label),
                "asked": list(ASKED[kind]),
                "needed": [path for path in NEEDED[kind] if path not in here],
            }
            for kind in Kind
        ],
        "emergency": fields_for(code.area_code),
    }
