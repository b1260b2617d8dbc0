"""What the reporter says of the result: how content she is, or that it is not solved."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.models import Step
from wangge.foundation.access.rules import Unacceptable

from ..models import Report
from ..queries.reports import case_followed
from .reports import RESIDENT

MOST_REOPENED = 3  # then somebody has to speak with her (product default)


def rate(*, report: Report, op: UUID, rating: int, solved: bool | None, words: str = "") -> Step:
    """Rate what was done, once.

    Args:
        rating: 1 not content, 2 rather content, 3 content. solved: None where she does not say.

    Raises:
        Unacceptable: it is not closed, was rated before, or is another reporter's to rate.
    """
    _must_be_hers(report)
    case = case_followed(report)
    if case.rating is not None and not case.steps.filter(op=op).exists():
        raise Unacceptable(_("您已经评价过，谢谢。"))
    wish = Wish("rate", op, words=words.strip()[:500], rating=rating, solved=solved,
                data={"rating": rating, "solved": solved})  # fmt: skip
    return take_step(actor=RESIDENT, case=case, wish=wish, as_reporter=True)


def reopen(*, report: Report, op: UUID, words: str) -> Step:
    """没解决，重开.

    Raises:
        Unacceptable: no reason, it is not closed, or was reopened too often.
    """
    _must_be_hers(report)
    case = case_followed(report)
    if case.reopened >= MOST_REOPENED and not case.steps.filter(op=op).exists():
        raise Unacceptable(
            _("这件事已经重开过 %(times)d 次，请打电话给社区当面说清。") % {"times": MOST_REOPENED}
        )
    wish = Wish("reopen", op, words=words.strip()[:500])
    return take_step(actor=RESIDENT, case=case, wish=wish, as_reporter=True)


def _must_be_hers(report: Report) -> None:
    """Of many who told the same, the first speaks for the matter; the others can report again."""
    if report.joined or report.case.merged_into_id is not None:
        raise Unacceptable(_("这件事由最先反映的人评价；您觉得没有解决，请再报一次。"))
