"""Taking a declaration: checked, written once with its trail line, answered with a receipt (spec 2.2).

Matching, the clock and whatever follows come after the receipt (``matching``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.lib.scoping import Reach

from ..enums import Channel, Scope
from ..queries import codes, places
from ..queries.codes import Known, NoSuchCode
from ..reading import Refused as Refused
from ..reading import Report, read
from ..reading import TooMany as TooMany
from ..reading.payload import report_of
from ..rules.asked import NEEDED
from .submit_limits import count_client, count_code
from .submit_orders import check_order_values
from .submit_receipt import Receipt as Receipt
from .submit_receipt import first_receipt
from .submit_rows import rows_of
from .submit_write import CodeGone, write

AT_THE_PLACE = {Scope.BUILDING, Scope.FIRM, Scope.RENTAL, Scope.HOTEL}  # the code itself says where


@dataclass(frozen=True)
class Client:
    """Who sends: network address, the device's own random number, the signed-in user or program if any; what
    is empty is not counted against a limit."""

    address: str = ""
    device: str = ""
    user: Any | None = None
    reach: Reach | None = None  # a program declares only inside its area


def submit(payload: Any, *, channel: str, client: Client) -> Receipt:
    """Take one declaration of one or several persons; the receipt is given once the rows are durable.

    The same ``report`` again, also at the same moment or after the code ended, gets the first receipt.

    Raises:
        Refused: what is wrong, a sentence for each path; ``TooMany`` with ``retry_after`` among them.
    """
    now = timezone.now()
    if not client.user:
        count_client(device=client.device, address=client.address)
    try:
        return _take(payload, channel, client, now)
    except (Refused, NoSuchCode, CodeGone) as refusal:
        sent = report_of(payload)
        if sent and (first := first_receipt(sent)):
            return first
        if isinstance(refusal, Refused):
            raise
        raise Refused({"code": no_such_code()}) from None


def no_such_code() -> str:
    """The one answer to every code that leads nowhere."""
    return _("没有这个报备码，或已停用。请重新扫描墙上的二维码；仍不行时，不填报备码、写明住址即可。")


def _take(payload: Any, channel: str, client: Client, now: datetime) -> Receipt:
    report = read(payload, now)
    code = codes.known(report.code, now) if report.code else None
    if code and channel in (Channel.SCAN, Channel.WEB):
        count_code(code.number)
    area = code.area_code if code else places.community_of(report.journey.stay_address) or places.own_queue()
    if client.reach is not None and not client.reach.covers(area):
        raise Refused({"code" if code else "stay.address": _("不在这个客户端的辖区。")})
    values, wrong = check_order_values([one.emergency for one in report.people], area)
    if faults := _gaps(report, code) | wrong:
        raise Refused(faults)
    rows = rows_of(report, payload, code, area, channel, now)
    actor = client.user.get_username() if client.user else "resident"
    try:
        return write(rows, code, actor=actor, values=values)
    except CodeGone:
        if code is None:
            raise
        codes.forget(code.number)  # renewed, moved to another area or ended since this process read it
        again = codes.known(report.code, now)
        rows = rows_of(report, payload, again, again.area_code, channel, now)
        return write(rows, again, actor=actor, values=values)


def _gaps(report: Report, code: Known | None) -> dict[str, str]:
    """What this kind of declaration needs (``rules.asked``) and does not say."""
    journey = report.journey
    there = {
        "trip.from_text": journey.from_text or journey.from_region,
        "trip.arrive_at": journey.arrive_at,
        "trip.depart_at": journey.depart_at,
        "stay.address": journey.stay_address or (code is not None and code.scope in AT_THE_PLACE),
    }
    return {path: _("请填写。") for path in NEEDED[report.kind] if not there.get(path, True)}
