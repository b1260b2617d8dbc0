"""What steps count as, whom they keep apart, which clocks they make longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ...enums import Count, Due, Need
from ..procedure import OPEN, Procedure


def count_faults(procedure: Procedure) -> Iterator[str]:
    """Words nobody counts, steps and clocks that do not exist, an extension without an end."""
    steps = [OPEN, *(step.key for step in procedure.steps)]
    clocks = [clock.key for clock in procedure.clocks]
    for step in procedure.steps:
        for name, said, known in (
            ("counts", step.counts, Count.values), ("apart", step.apart, steps),
            ("extends", step.extends, clocks),
        ):  # fmt: skip
            yield from _unknown(_("步骤"), step.key, name, said, known)
        if step.extends and Need.UNTIL not in step.needs:
            yield _("步骤 %(step)s 写了 extends，但没有要求填期限（needs 里的 until）。") % {"step": step.key}
    for clock in procedure.clocks:
        yield from _unknown(_("计时"), clock.key, "due", [clock.due] if clock.due else [], Due.values)


def _unknown(part: str, key: str, name: str, said: Iterable[str], known: list[str]) -> Iterator[str]:
    for word in said:
        if word not in known:
            yield _("%(part)s %(key)s 的 %(name)s 写了“%(word)s”，不认识；可写：%(known)s。") % {
                "part": part, "key": key, "name": name, "word": word[:40], "known": "、".join(known),
            }  # fmt: skip
