"""What cannot be true of one person, or hardly can."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import PersonStatus, Sex, TieKind
from ..queries.records import TOLD_WRONG, HeldTie, Record
from .faults import Fault, Step, mark_of, month, person_sentence

MARRIED = ("20",)  # GB/T 2261.2
LAWFUL = {Sex.MALE.value: 22, Sex.FEMALE.value: 20}
WORKING_AGE, OLDEST = 16, 120
ENDS_WITH = {
    PersonStatus.DEAD.value: tuple(set(TieKind.values) - {TieKind.OWNS.value}),
    PersonStatus.LEFT.value: (TieKind.LIVES.value, TieKind.RENTS.value),
}
GONE = tuple(ENDS_WITH)
_COMMON = gettext_lazy("常理")


def _of(record: Record, said: str, facts: tuple[object, ...], **more: Any) -> Fault:
    return Fault(record.pk, record.area_code, facts, said, **more)


@person_sentence(gettext_lazy("出生日期与证件号码不符"), gettext_lazy("GB 11643：号码第 7–14 位是出生日期"))
def birth_not_of_id(record: Record, today: date) -> Iterator[Fault]:
    """The birth date must be the one inside the id number, whose check digit is right."""
    told, held = record.told_birth, record.birth
    if told and held and told != held:
        said = _("证件号码所示 %(told)s，登记为 %(held)s（%(what)s）。")
        words = said % {"told": month(told), "held": month(held), "what": _differs(told, held)}
        step = Step("fact", record.pk, told.isoformat(), "birth")
        yield _of(
            record, words, (record.number, held), steps=(step,), why=_("号码的校验位正确，以号码为准。")
        )


def _differs(one: date, other: date) -> str:
    pairs = (
        (_("年"), one.year, other.year),
        (_("月"), one.month, other.month),
        (_("日"), one.day, other.day),
    )
    parts = "、".join(name for name, left, right in pairs if left != right)
    return _("%(parts)s不同") % {"parts": parts}


@person_sentence(gettext_lazy("性别与证件号码不符"), gettext_lazy("GB 11643：第 17 位单数为男、双数为女"))
def sex_not_of_id(record: Record, today: date) -> Iterator[Fault]:
    """The sex must be the one the id number tells."""
    told, held = record.told_sex, record.sex
    if told and held in LAWFUL and told != held:
        labels = dict(Sex.choices)
        words = _("证件号码所示为%(told)s，登记为%(held)s。") % {"told": labels[told], "held": labels[held]}
        step = Step("fact", record.pk, told, "sex")
        yield _of(
            record, words, (record.number, held), steps=(step,), why=_("号码的校验位正确，以号码为准。")
        )


@person_sentence(gettext_lazy("同时住在两处"), gettext_lazy("一人同一时间只有一处经常居住地"), certain=False)
def lives_in_two_rooms(record: Record, today: date) -> Iterator[Fault]:
    """Two homes at once: one of them has probably been left and nobody said so."""
    homes = record.of_kind(TieKind.LIVES)
    places = {(tie.room, tie.area_code if tie.room is None else "") for tie in homes}
    if len(places) < 2 or record.status in GONE:
        return
    *older, newest = sorted(homes, key=_age_of_tie)
    if newest.valid_from and all(tie.valid_from and tie.valid_from < newest.valid_from for tie in older):
        on, why = newest.valid_from, _("后来的住处从这一天开始，先前的住处到这一天为止。")
    else:
        on, why = today, _("分不清先后：保留最近核实的一处，其余到今天为止。")
    steps = tuple(Step("end", tie.pk, on.isoformat()) for tie in older if tie.room != newest.room)
    said = _("登记了 %(count)d 处现住址。") % {"count": len(places)}
    ties = tuple(sorted(tie.pk for tie in homes))
    facts = tuple(sorted(tie.place for tie in homes))
    yield _of(record, said, facts, steps=steps, why=why, ties=ties)


def _age_of_tie(tie: HeldTie) -> tuple[date, date, int]:
    never = date.min
    return tie.valid_from or never, tie.confirmed_at or never, tie.pk


@person_sentence(
    gettext_lazy("已死亡或离开，关系还开着"), gettext_lazy("登记册规则：人走了，居住等关系随之结束")
)
def gone_but_tied(record: Record, today: date) -> Iterator[Fault]:
    """Who is dead holds nothing but property; who left neither lives nor rents here."""
    open_ties = record.of_kind(*ENDS_WITH.get(record.status, ()))
    if not open_ties:
        return
    labels = dict(TieKind.choices)
    kinds = "、".join(sorted({str(labels[tie.kind]) for tie in open_ties}))
    status = dict(PersonStatus.choices)[record.status]
    said = _("状态是“%(status)s”，但还登记着：%(kinds)s。") % {"status": status, "kinds": kinds}
    facts = (record.status, *sorted(tie.place for tie in open_ties))
    steps, why = _back_again(record) or _all_ended(record, open_ties, today)
    yield _of(record, said, facts, steps=steps, why=why, ties=tuple(tie.pk for tie in open_ties))


def _back_again(record: Record) -> tuple[tuple[Step, ...], str] | None:
    """Whoever left and has had a home here since then has come back; the dead do not."""
    left = record.gone_on if record.status == PersonStatus.LEFT else None
    since = [tie.valid_from for tie in record.of_kind(TieKind.LIVES) if tie.valid_from]
    if not left or not (back := [day for day in since if day >= left]):
        return None
    why = _("离开以后又登记了住处，说明已经回来：状态改回在册，离开的那段时间仍可查。")
    return (Step("return", record.pk, min(back).isoformat()),), why


def _all_ended(record: Record, open_ties: list[HeldTie], today: date) -> tuple[tuple[Step, ...], str]:
    on = max([record.gone_on or today, *[tie.valid_from for tie in open_ties if tie.valid_from]])
    why = _("按登记的离开或死亡日期结束这些关系；没有日期的按今天。")
    return tuple(Step("end", tie.pk, on.isoformat()) for tie in open_ties), why


@person_sentence(
    gettext_lazy("未到法定婚龄却登记已婚"),
    gettext_lazy("《民法典》第 1047 条：男 22、女 20 周岁"),
    certain=False,
)
def married_too_young(record: Record, today: date) -> Iterator[Fault]:
    """Married before the lawful age: one of the two facts is probably wrong. A person must be asked."""
    age = record.age_on(today)
    if record.marriage in MARRIED and age is not None and age < LAWFUL.get(record.sex, 20):
        yield _of(
            record, _("%(age)d 岁，登记为已婚。") % {"age": age}, (record.birth, record.sex, record.marriage)
        )


@person_sentence(
    gettext_lazy("不满 16 周岁却登记就业"), gettext_lazy("《禁止使用童工规定》第 2 条"), certain=False
)
def works_too_young(record: Record, today: date) -> Iterator[Fault]:
    """A job below sixteen: the birth date or the job is wrong, or somebody must be told."""
    age, jobs = record.age_on(today), record.of_kind(TieKind.WORKS)
    if jobs and age is not None and age < WORKING_AGE:
        facts = (record.birth, *sorted(tie.place for tie in jobs))
        said = _("%(age)d 岁，登记有工作单位。") % {"age": age}
        yield _of(record, said, facts, ties=tuple(tie.pk for tie in jobs))


@person_sentence(gettext_lazy("还没出生"), _COMMON)
def not_born_yet(record: Record, today: date) -> Iterator[Fault]:
    """Nobody is born after today."""
    if record.birth and record.birth > today and record.told_birth in (None, record.birth):
        yield _of(
            record, _("出生日期 %(month)s 在今天以后。") % {"month": month(record.birth)}, (record.birth,)
        )


@person_sentence(gettext_lazy("年龄超过 120 岁"), _COMMON, certain=False)
def too_old(record: Record, today: date) -> Iterator[Fault]:
    """Older than anybody: the birth date is wrong, or a death was never told."""
    age = record.age_on(today)
    if record.status == PersonStatus.ACTIVE and age is not None and age > OLDEST:
        yield _of(record, _("登记为 %(age)d 岁在册。") % {"age": age}, (record.birth, record.status))


@person_sentence(gettext_lazy("出生前已住在这里"), _COMMON)
def lived_before_birth(record: Record, today: date) -> Iterator[Fault]:
    """A home cannot begin before its inhabitant."""
    early = [
        t
        for t in record.of_kind(TieKind.LIVES)
        if t.valid_from and record.birth and t.valid_from < record.birth
    ]
    if early:
        facts = (record.birth, *sorted(f"{tie.place}:{tie.valid_from}" for tie in early))
        said = _("住在这里的开始日期早于出生日期（%(month)s）。") % {"month": month(record.birth)}
        yield _of(record, said, facts, ties=tuple(tie.pk for tie in early))


@person_sentence(gettext_lazy("登记的地址找不到这个人"), gettext_lazy("上门走访"), certain=False)
def address_told_wrong(record: Record, today: date) -> Iterator[Fault]:
    """Nobody else can see it in the register: it was told at the door (``actions.tell_wrong_address``), and
    stays so until it is settled or the home is another one."""
    for tie in record.of_kind(TieKind.LIVES):
        fault = told_wrong(tie)
        if mark_of(fault) in record.told_wrong:
            yield fault


def told_wrong(tie: HeldTie) -> Fault:
    """What is said of a home that was not found at the door."""
    said = _("上门时说，登记的地址没有这个人。")
    why = _("请核实现在住哪里：搬走了记“离开”，住别处就改住址；登记没错的，说“不是问题”。")
    return Fault(
        tie.person, tie.area_code, (tie.place,), said, why=why, ties=(tie.pk,), rule=TOLD_WRONG
    )  # fmt: skip
