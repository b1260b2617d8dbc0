"""What disputes hold about a person, for her page "my information"."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.lib.masking import mask_phone
from wangge.registry.people.models import Person
from wangge.registry.rights.sections import Line, Section

from .enums import Kind
from .models import Party

MOST = 50
WHY = gettext_lazy("调解纠纷需要知道当事人是谁；只给承办的人看，结案后到期自动清除。")


def own_disputes(person: Person) -> Section:
    """Disputes she is a party of: chosen from the register, or under her id number. Nothing of the others."""
    mine = Q(person=person)
    if person.id_index:
        mine |= Q(id_index=person.id_index)
    rows = list(Party._base_manager.filter(mine).select_related("case").order_by("-pk")[:MOST])
    subjects = tuple((Party._meta.label_lower, str(row.pk)) for row in rows)
    return Section(gettext_lazy("矛盾调解"), WHY, tuple(_line(row) for row in rows), subjects)


def _line(row: Party) -> Line:
    raised = timezone.localtime(row.case.raised_at).date().isoformat()
    kind = dict(Kind.choices).get(row.case.kind, row.case.kind)
    told = [str(row.get_side_display()), row.case.number]
    phone = row.clear("phone")
    return Line(
        _("%(kind)s纠纷") % {"kind": kind},
        "，".join(part for part in (*told, mask_phone(phone)) if part),
        "，".join(
            part for part in (*told, row.clear("name"), row.clear("id"), phone, row.clear("address")) if part
        ),
        _("登记纠纷的人"),
        raised,
    )
