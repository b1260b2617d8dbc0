"""What a scanned token or a typed number is, and whether it holds: for workers, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory import queries as territory
from wangge.lib import signing
from wangge.lib.scoping import current_reach, prefix_of
from wangge.lib.serials import is_code_number, receipt_text, receipt_value, typed

from ..models import Declaration, ReportCode
from .receipts import lines_of

# how it stands -> (colour, words)
VERDICTS: dict[str, tuple[str, str | Promise]] = {
    "good": ("green", _("有效")),
    "typed": ("azure", _("按号码找到，没有扫码，签名未核对")),
    "revoked": ("red", _("已作废")),
    "renewed": ("red", _("已换新码，这一张作废")),
    "early": ("yellow", _("还没到启用日期")),
    "ended": ("red", _("已过有效期")),
    "outside": ("yellow", _("签名有效；查不到，可能不在您的辖区")),
    "nothing": ("red", _("查不到这个号码，请核对后重新输入")),
    "signature": ("red", _("签名不对：不是本区发的码，或被改动过，请不要使用")),
    "form": ("red", _("不是报备码、回执或回电卡")),
}
KINDS: dict[str, str | Promise] = {
    "C": _("报备码"),
    "R": _("报备回执"),
    "V": _("回电卡"),
    "G": _("团体邀请"),
    "": _("看不懂的码"),
}


@dataclass(frozen=True)
class Scanned:
    """What it is (kind of the token), how it stands, and the rows it leads to."""

    kind: str
    verdict: str
    code: ReportCode | None = None
    place: str = ""
    rows: list[Declaration] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(KINDS.get(self.kind, KINDS[""]))

    @property
    def colour(self) -> str:
        return VERDICTS[self.verdict][0]

    @property
    def words(self) -> str:
        return str(VERDICTS[self.verdict][1])


def what_is(text: str) -> Scanned:
    """Read a token, an address that ends in one, a code's number or a receipt's."""
    last = text.strip().rstrip("/").rpartition("/")[2]
    number = typed(last)
    if is_code_number(number):
        return _code(number, None)
    if receipt_value(number) is not None:
        rows = lines_of(number)
        return Scanned("R", "typed" if rows else "nothing", rows=rows)
    try:
        token = signing.read(last)
    except signing.BadToken as bad:
        return Scanned("", "signature" if bad.why == "signature" else "form")
    return _token(token)


def _token(token: signing.Token) -> Scanned:
    if token.ended(timezone.now()):
        return Scanned(token.kind, "ended")
    if token.kind == "C":
        return _code(str(token.number).zfill(10), token.round)
    if token.kind == "R":
        rows = lines_of(receipt_text(token.number))
    elif token.kind == "V":
        rows = list(Declaration.objects.filter(pk=token.number))
    else:
        return Scanned(token.kind, "good")
    return Scanned(token.kind, "good" if rows else "outside", rows=rows)


def _code(number: str, turn: int | None) -> Scanned:
    code = _hanging_here(number)
    if code is None:
        return Scanned("C", "outside" if turn else "nothing")
    place = territory.area_name_path(code.area_code)
    return Scanned("C", _stands(code, turn), code, place)


def _hanging_here(number: str) -> ReportCode | None:
    """A code of the reader's area, or of one it lies in: the community's poster hangs in every grid."""
    reach = current_reach()
    code = ReportCode._base_manager.filter(number=number).first()
    if code is None or reach.covers(code.area_code):
        return code
    above = prefix_of(code.area_code)
    return code if any(prefix.startswith(above) for prefix in reach.prefixes) else None


def _stands(code: ReportCode, turn: int | None) -> str:
    today = timezone.localdate()
    if code.revoked_at:
        return "revoked"
    if turn is not None and turn != code.round:
        return "renewed"
    if today < code.valid_from:
        return "early"
    if code.valid_to and today > code.valid_to:
        return "ended"
    return "good" if turn is not None else "typed"
