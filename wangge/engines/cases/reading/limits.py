"""Limits as they are written in a procedure: 10m, 2h, 15d by the wall; 4wh, 3wd in working time only."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

LIMIT = re.compile(r"([0-9]{1,6})(m|h|d|wh|wd)")
MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "wh": 60, "wd": 24 * 60}
LONGEST = 10 * 366 * 24 * 60  # minutes; a limit of more than ten years is a slip of the pen


def is_limit(text: str) -> bool:
    """Whether a text is a limit, zero among them."""
    found = LIMIT.fullmatch(text)
    return found is not None and int(found[1]) * MINUTES[found[2]] <= LONGEST


def minutes_of(text: str) -> int:
    """Minutes, a working day as a whole day: to compare limits of one kind with each other."""
    found = LIMIT.fullmatch(text)
    return int(found[1]) * MINUTES[found[2]] if found else 0


def in_working_time(text: str) -> bool:
    """Whether it runs in working time only."""
    return "w" in text


def limit_words(text: str) -> str:
    """A limit in words: 2 小时, 3 个工作日."""
    found = LIMIT.fullmatch(text)
    words = {
        "m": _("%(n)d 分钟"), "h": _("%(n)d 小时"), "d": _("%(n)d 天"),
        "wh": _("%(n)d 个工作小时"), "wd": _("%(n)d 个工作日"),
    }  # fmt: skip
    return words[found[2]] % {"n": int(found[1])} if found else text
