"""The bounds of the figures change from a day on, by a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.territory.actions import change_setting

from ..queries.terms import BOUNDS, bound


@transaction.atomic
def set_bounds(*, actor: Any, numbers: Mapping[str, float], basis: str) -> list[str]:
    """Put bounds in force from today on; returns the keys of those that changed. Alerts that were given stay
    as they were.

    Args:
        numbers: by key of ``BOUNDS``. basis: the paper that says so, shown instead of 示例.

    Raises:
        Unacceptable: no basis, a bound that there is not or below nought, or low not below high.
    """
    if len(basis.strip()) < 2:
        raise Unacceptable(_("请写明依据（文号或会议），例如“区防指〔2026〕3 号”。"))
    if set(numbers) - set(BOUNDS) or any(number < 0 for number in numbers.values()):
        raise Unacceptable(_("界限不能小于 0。"))
    now = {key: bound(key).number for key in BOUNDS}
    held = now | dict(numbers)
    if held["whistle.rate_low"] >= held["whistle.rate_high"]:
        raise Unacceptable(_("偏低的界限要小于偏高的界限，否则每个镇街都会被提示；请改其中一个。"))
    changed = [key for key, number in numbers.items() if number != now[key]]
    for key in changed:
        change_setting(actor=actor, key=key, value=numbers[key], note=basis.strip()[:200])
    return changed
