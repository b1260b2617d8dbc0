"""Which organisation of the register a group may be."""

from __future__ import annotations

from django.db.models import Q

from wangge.lib.scoping import prefix_filter
from wangge.registry.people.models import Organisation

from ..models import Group

MOST = 20


def found_by_code(uscc: str) -> Organisation | None:
    """The organisation in reach with this 统一社会信用代码."""
    return Organisation.objects.filter(uscc=uscc, closed_on=None).first() if uscc else None


def suggested(group: Group, text: str = "") -> list[Organisation]:
    """Organisations of the group's community that it may be: by code, or by what was typed or its name."""
    if group.organisation_id:
        return []
    here = Organisation.objects.filter(prefix_filter("area_code", group.area_code[:12]), closed_on=None)
    text = (text or group.name).strip()
    alike = Q(name__contains=text) | Q(uscc=text.upper())
    if group.uscc:
        alike |= Q(uscc=group.uscc)
    return list(here.filter(alike).order_by("name")[:MOST])
