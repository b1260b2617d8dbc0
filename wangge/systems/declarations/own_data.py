"""What declarations hold about one person, for her own page (``rights.sections``)."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.territory.queries import area_name_path
from wangge.lib.masking import mask_address
from wangge.registry.people.models import Person
from wangge.registry.rights.sections import Line, Section

from .models import Declaration

MOST = 50
WHY = gettext_lazy("您（或家人替您）扫码报备的内容，用于核实来往情况；核实办结后按期限归档并清除个人信息。")


def own_declarations(person: Person) -> Section:
    """Her newest declarations: matched to her, or declared under her id number."""
    mine = Q(person=person)
    if person.id_index:
        mine |= Q(id_index=person.id_index)
    rows = list(Declaration.objects.filter(mine).order_by("-pk")[:MOST])
    subjects = tuple((Declaration._meta.label_lower, str(row.pk)) for row in rows)
    return Section(gettext_lazy("报备记录"), WHY, tuple(_line(row) for row in rows), subjects)


def _line(row: Declaration) -> Line:
    state = _("%(kind)s，%(state)s") % {"kind": row.get_kind_display(), "state": row.get_state_display()}
    place = area_name_path(row.area_code)
    told = [state, place, row.receipt]
    return Line(
        _("%(day)s 报备") % {"day": timezone.localtime(row.received_at).date().isoformat()},
        "，".join(part for part in (*told, mask_address(row.stay_address)) if part),
        "，".join(part for part in (*told, row.stay_address) if part),
        row.get_reported_by_display(),
        timezone.localtime(row.received_at).date().isoformat(),
    )
