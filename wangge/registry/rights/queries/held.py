"""Everything the register holds about one person, as she may see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.territory.queries import area_name_path
from wangge.lib.masking import mask_name
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people import queries as people
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Person, Tie
from wangge.registry.people.queries.person import SHOWN, PersonPage, in_clear, is_secret

from ..sections import Line, Section, registered

WHY_FACTS = gettext_lazy(
    "网格和社区服务管理的法定职责所需；在册期间保存，离开后按保存期限清除。您可以要求更正，"
    "或要求删除职责不需要的项目。"
)
WHY_TIES = gettext_lazy("说明您住在哪里、在哪里工作，由哪个网格服务；住址变动的历史用于更正和核对。")
WHY_HOUSEHOLD = gettext_lazy("同户的人登记在一起；他们的姓名对您遮盖。")
WHY_CONTRADICTIONS = gettext_lazy("两个来源说法不同，还没有核实；您可以告诉我们哪个对。")


def held_about(person: Person) -> list[Section]:
    """All sections, those of other systems last. Call it only for somebody who proved who she is."""
    with within(EVERYWHERE):
        page = people.person_page(person)
        own = [_facts(person, page), _ties(page.ties), _household(page.members), _contradictions(page)]
        return [section for section in own if section.lines] + registered(person)


def _facts(person: Person, page: PersonPage) -> Section:
    source, told = person.told_by("name")
    name = Line(people.label_of("name"), person.name, "", _source(source), told)
    lines = [
        Line(line.label, line.text, _clear(person, line.field), line.source, _day(line.confirmed))
        for line in page.facts
    ]
    return Section(gettext_lazy("基本情况"), WHY_FACTS, (name, *lines))


def _clear(person: Person, field: str) -> str:
    if is_secret(field):
        return in_clear(person, field)
    value = getattr(person, field) if field in SHOWN else person.facts[field]
    text = value.isoformat() if isinstance(value, date) else str(value)
    return people.meaning_of(field, text)


def _source(value: int) -> str:
    return str(Source(value).label) if value in Source.values else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _ties(ties: Iterable[Tie]) -> Section:
    lines = [
        Line(tie.get_kind_display(), _place(tie), "", _source(tie.source), _day(tie.confirmed_at))
        for tie in ties
    ]
    return Section(gettext_lazy("住处、户籍与工作"), WHY_TIES, tuple(lines))


def _place(tie: Tie) -> str:
    where = tie.room or tie.organisation or (mask_name(tie.other.name) if tie.other else "")
    place = area_name_path(tie.area_code)
    begun = _day(tie.valid_from) or _("起始不详")
    ended = _day(tie.valid_to) or _("至今")
    span = f"{begun} – {ended}"
    return "，".join(part for part in (str(where or ""), place, tie.job, span) if part)


def _household(members: Iterable[Tie]) -> Section:
    lines = [
        Line(people.meaning_of("relation", tie.relation) or _("同住人"), mask_name(tie.person.name), "",
             _source(tie.source), _day(tie.confirmed_at))
        for tie in members
    ]  # fmt: skip
    return Section(gettext_lazy("同户的人"), WHY_HOUSEHOLD, tuple(lines))


def _contradictions(page: PersonPage) -> Section:
    lines = [
        Line(line.label, _("现登记：%(held)s；另一说法：%(offered)s")
             % {"held": line.held or "—", "offered": line.offered or "—"}, "",
             _source(line.row.offered_source))
        for line in page.contradictions
    ]  # fmt: skip
    return Section(gettext_lazy("说法不一的项目"), WHY_CONTRADICTIONS, tuple(lines))
