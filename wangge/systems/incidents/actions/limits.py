"""Whoever sends too much is slowed: counted by device and by address, neither of which is kept."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from wangge.lib.sealing import blind


class TooMany(Exception):
    """One device or address has had its share; ``retry_after`` seconds are left of the span."""

    def __init__(self, words: str, retry_after: int) -> None:
        self.words, self.retry_after = words, retry_after
        super().__init__(words)


def count(kind: str, text: str) -> None:
    """Count one attempt; an empty text is not counted.

    Args:
        kind: "device", "address", or "try" for look-ups that led nowhere; see ``settings.REPORT_LIMITS``.

    Raises:
        TooMany: this one has had its share of the span.
    """
    if not text:
        return
    limit, span = settings.REPORT_LIMITS[kind]
    now = int(time.time())
    key = f"report.{kind}.{now // span}.{blind(text, 'limit')}"
    if not cache.add(key, 1, span):
        try:
            seen = cache.incr(key)
        except ValueError:  # it ran out between the two
            return
        if seen > limit:
            raise TooMany(_words(kind), span - now % span)


def _words(kind: str) -> str:
    if kind == "device":
        return _("这部手机提交得太频繁，请稍后再交；写好的内容还在，不会丢。急事请打社区电话。")
    if kind == "try":
        return _("输错的次数太多，请过一会儿再查。")
    return _("这个网络提交得太频繁，请稍后再交，或换用手机流量；写好的内容还在。")
