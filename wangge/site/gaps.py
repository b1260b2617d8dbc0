"""Gaps of other systems beside those of the field work (S09): only the roof knows them all."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.systems.declarations.enums import State
from wangge.systems.declarations.models import Declaration
from wangge.systems.fieldwork.queries.gaps_elsewhere import Elsewhere, register
from wangge.systems.groups.enums import GroupState
from wangge.systems.groups.models import Group


def register_gaps() -> None:
    """Groups that nobody has put into use, and reports that nobody has verified."""
    register(Elsewhere("groups", _("没有管理员的团体"), "group.view", _groups, _group_list))
    register(Elsewhere("reports", _("未核实的报备"), "declaration.view", _reports, _report_list))


def _groups(area: str) -> int:
    inside = prefix_filter("area_code", prefix_of(area))
    return Group.objects.filter(inside, state=GroupState.DRAFT).count()


def _group_list(area: str) -> str:
    return f"{reverse('groups:list')}?{urlencode({'area': area, 'state': GroupState.DRAFT.value})}"


def _reports(area: str) -> int:
    inside = prefix_filter("area_code", prefix_of(area))
    return Declaration.objects.filter(inside, state=State.TO_VERIFY).count()


def _report_list(area: str) -> str:
    return f"{reverse('declarations:list')}?{urlencode({'area': area})}"
