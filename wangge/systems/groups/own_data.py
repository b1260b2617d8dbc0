"""What groups hold about a person, for her page "my information"."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.lib.masking import mask_phone
from wangge.registry.people.models import Person
from wangge.registry.rights.sections import Line, Section

from .models import Member

MOST = 50
WHY = gettext_lazy("您加入团体时同意登记；退出或团体解散后，到期销毁。")


def own_memberships(person: Person) -> Section:
    """Her memberships: matched to her, or joined under her id number."""
    mine = Q(person=person)
    if person.id_index:
        mine |= Q(id_index=person.id_index)
    rows = list(Member.objects.filter(mine).select_related("group").order_by("-pk")[:MOST])
    subjects = tuple((Member._meta.label_lower, str(row.pk)) for row in rows)
    return Section(gettext_lazy("团体"), WHY, tuple(_line(row) for row in rows), subjects)


def _line(row: Member) -> Line:
    joined = timezone.localtime(row.joined_at).date().isoformat()
    told = [str(row.get_state_display()), str(row.get_role_display())]
    if row.notice_version:
        told.append(_("同意的告知：%(version)s") % {"version": row.notice_version})
    return Line(
        row.group.name,
        "，".join([*told, mask_phone(row.phone)] if row.phone_sealed else told),
        "，".join([*told, row.phone] if row.phone_sealed else told),
        _("本人"),
        joined,
    )
