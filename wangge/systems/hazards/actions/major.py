"""重大隐患: the authority that is named for it hears at once (spec 2.8)."""

from __future__ import annotations

from uuid import uuid5

from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.models import Case, Unit
from wangge.foundation.journal import actions as journal

from ..enums import SYSTEM, Level
from ..queries.authorities import authority_of

ACTOR = "system"
CAN = ("found", "told", "fixed")  # states in which the procedure lets it be reported


def tell_authority(*, case: Case) -> Unit | None:
    """Report a major hazard to its authority, whose officers see the case from then on. None where it is not
    major, over, reported already, or nobody is named: then its clock runs on, and the sweep tries again."""
    row = Case._base_manager.filter(pk=case.pk, system=SYSTEM, closed_at=None).first()
    if row is None or row.level != Level.MAJOR or row.state not in CAN:
        return None
    unit = authority_of(row)
    if unit is None or row.steps.filter(key="report").exists():
        return None
    words = _("重大隐患，自动告知 %(unit)s。") % {"unit": unit.name}
    op = uuid5(row.op, f"authority:{unit.pk}")
    take_step(actor=ACTOR, case=row, wish=Wish("report", op, words=words, unit=unit))
    told = {"number": row.number, "unit": unit.pk}
    journal.record("hazard.major_told", actor=ACTOR, area=row.area_code, subject=row, data=told)
    return unit
