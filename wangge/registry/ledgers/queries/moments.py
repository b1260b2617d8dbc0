"""What a page says of the moment it shows."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area
from wangge.registry.people.queries import register_began

from ..outgoing.conditions import Moment


def words_for(moment: Moment, area: Area | None = None) -> list[str]:
    """Sentences for another moment than now: which day, as known when, and what does not go back with it.
    Empty for today as known now."""
    if moment.known_at is None and moment.day == timezone.localdate():
        return []
    known = timezone.localdate() if moment.known_at is None else timezone.localtime(moment.known_at).date()
    said = [
        _("截至 %(day)s，按 %(known)s 所知。") % {"day": moment.day.isoformat(), "known": known.isoformat()},
        _(
            "居住、户籍、就业等关系和负责的网格是那时的；姓名、电话、文化程度等为现在登记的内容，已合并的人按一人算。"
        ),
    ]
    began = register_began()
    if began and moment.day < began:
        wider = _("登记册从 %(began)s 开始记录，更早的情况只有后来补记的部分。")
        said.append(wider % {"began": began.isoformat()})
    return said + ([] if area is None else _of_area(area, moment))


def _of_area(area: Area, moment: Moment) -> list[str]:
    """A grid that did not exist that day: who answered for its ground then."""
    if area.level != "grid" or area.in_force(moment.day):
        return []
    if moment.day < area.valid_from:
        before = territory.names_of(set(territory.predecessors(area.code, moment.day)) - {area.code})
        said = _("%(name)s 从 %(day)s 起才有；那天这片地方属于：%(names)s。")
        names = "、".join(sorted(before.values())) or "—"
        return [said % {"name": area.name, "day": area.valid_from.isoformat(), "names": names}]
    ended = area.valid_to.isoformat() if area.valid_to else ""
    return [_("%(name)s 到 %(day)s 已停用。") % {"name": area.name, "day": ended}]
