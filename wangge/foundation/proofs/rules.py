"""What a code may be refused for, in words, and the limits of the district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from wangge.foundation.territory.queries import setting


class NotProved(Exception):
    """No code is sent, or the code proves nothing. ``code`` is for programs, ``message`` for people."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(code)


@dataclass(frozen=True)
class Limits:
    """How long, how often, how many; product defaults where the district sets nothing."""

    lasts: timedelta
    tries: int
    gap: timedelta
    phone_day: int
    address_day: int


def limits() -> Limits:
    """The limits in force today."""
    return Limits(
        lasts=timedelta(minutes=int(setting("proof.minutes", 5))),
        tries=int(setting("proof.tries", 5)),
        gap=timedelta(seconds=int(setting("proof.gap_seconds", 60))),
        phone_day=int(setting("proof.phone_day", 10)),
        address_day=int(setting("proof.address_day", 100)),
    )


def bad_phone() -> NotProved:
    """Not a mobile number."""
    return NotProved("phone", _("请填写 11 位手机号码。"))


def too_soon(gap: timedelta) -> NotProved:
    """A code was sent to this phone a moment ago."""
    seconds = int(gap.total_seconds())
    return NotProved("too_soon", _("刚刚发过验证码，请 %(count)d 秒后再试。") % {"count": seconds})


def too_many() -> NotProved:
    """The day's codes are used up, for the phone or for where it was asked from."""
    return NotProved("too_many", _("今天请求验证码的次数已用完，请明天再试，或请社区代为办理。"))


def wrong(left: int) -> NotProved:
    """Not the code that was sent."""
    if left <= 0:
        return over()
    return NotProved("wrong", _("验证码不对，还可以试 %(count)d 次。") % {"count": left})


def over() -> NotProved:
    """Ended, tried too often, used, for something else, never sent: one answer, so that nothing is told."""
    return NotProved("over", _("验证码已失效，请重新获取。"))
