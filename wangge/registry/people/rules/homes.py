"""What cannot be true inside one household. Relations to the head: GB/T 4761."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import Sex
from ..queries.records import HeldTie, Home, Record
from .faults import Fault, Step, home_sentence, month

HEADS = ("01", "02")  # 本人、户主
CHILDREN, PARENTS = ("20", "30", "40"), ("50", "60")
SON, DAUGHTER, PARENT = "20", "30", "50"
TODDLER, ADULT, GENERATION = 3, 18, 14
Member = tuple[HeldTie, Record]
_RELATION = gettext_lazy("GB/T 4761 家庭关系代码")


def _of(home: Home, member: Member, said: str, facts: tuple[object, ...], **more: Any) -> Fault:
    tie, record = member
    return Fault(record.pk, tie.area_code, facts, said, ties=(tie.pk,), household=home.pk, **more)


def _heads(home: Home) -> list[Member]:
    return [member for member in home.members if member[0].relation in HEADS]


def _only_head(home: Home) -> Record | None:
    heads = _heads(home)
    if len(heads) == 1:
        return heads[0][1]
    return next((record for _tie, record in home.members if not heads and record.pk == home.head), None)


@home_sentence(gettext_lazy("一户两个户主"), _RELATION)
def two_heads(home: Home, today: date) -> Iterator[Fault]:
    """A household has one head; of several the one written down stays, else the eldest."""
    heads = _heads(home)
    if len(heads) < 2:
        return
    kept = min(
        heads, key=lambda member: (member[1].pk != home.head, member[1].birth or date.max, member[0].pk)
    )
    said = _("本户有 %(count)d 人登记为户主。") % {"count": len(heads)}
    for member in heads:
        if member is not kept:
            steps = (Step("relation", member[0].pk, ""),)
            why = _("保留户上登记的户主（没有登记的取年长者），此人与户主的关系改为未填，下次上门再问。")
            yield _of(home, member, said, (home.pk, *sorted(r.pk for _t, r in heads)), steps=steps, why=why)


@home_sentence(gettext_lazy("子女或孙辈比户主年长"), _RELATION)
def child_older_than_head(home: Home, today: date) -> Iterator[Fault]:
    """A child or grandchild of the head is younger than the head."""
    head = _only_head(home)
    for member in home.members:
        tie, record = member
        if tie.relation not in CHILDREN or not (head and head.birth and record.birth) or record is head:
            continue
        if record.birth <= head.birth:
            yield _turned(home, member, head, record.birth, _may_be_parent(record.birth, head.birth), PARENT)


@home_sentence(gettext_lazy("父母或祖辈比户主年轻"), _RELATION)
def parent_younger_than_head(home: Home, today: date) -> Iterator[Fault]:
    """A parent or grandparent of the head is older than the head."""
    head = _only_head(home)
    for member in home.members:
        tie, record = member
        if tie.relation not in PARENTS or not (head and head.birth and record.birth) or record is head:
            continue
        if record.birth >= head.birth:
            child = {Sex.MALE.value: SON, Sex.FEMALE.value: DAUGHTER}.get(record.sex, "")
            turned = _may_be_parent(head.birth, record.birth) and bool(child)
            yield _turned(home, member, head, record.birth, turned, child)


def _may_be_parent(older: date, younger: date) -> bool:
    return younger.year - older.year >= GENERATION


def _turned(home: Home, member: Member, head: Record, born: date, turned: bool, relation: str) -> Fault:
    said = _("此人生于 %(born)s，户主生于 %(head)s，关系说不通。") % {
        "born": month(born),
        "head": month(head.birth),
    }
    steps = (Step("relation", member[0].pk, relation),) if turned else ()
    why = _("两人相差一代，长幼填反了。") if turned else ""
    return _of(home, member, said, (home.pk, member[0].relation, born, head.birth), steps=steps, why=why)


@home_sentence(gettext_lazy("性别与户内关系不符"), _RELATION)
def sex_not_of_relation(home: Home, today: date) -> Iterator[Fault]:
    """A son is male, a daughter female."""
    for member in home.members:
        tie, record = member
        told = {SON: Sex.MALE.value, DAUGHTER: Sex.FEMALE.value}.get(tie.relation)
        if told and record.sex in (Sex.MALE.value, Sex.FEMALE.value) and record.sex != told:
            certain = record.told_sex == record.sex
            steps = (Step("relation", tie.pk, DAUGHTER if tie.relation == SON else SON),) if certain else ()
            why = _("证件号码也说明性别无误，是关系填错了。") if certain else ""
            relation = _("子") if tie.relation == SON else _("女")
            words = _("与户主关系是“%(relation)s”，登记的性别是%(sex)s。")
            said = words % {"relation": relation, "sex": dict(Sex.choices)[record.sex]}
            yield _of(home, member, said, (home.pk, tie.relation, record.sex), steps=steps, why=why)


@home_sentence(gettext_lazy("不满 3 岁的户主"), gettext_lazy("常理"))
def toddler_is_head(home: Home, today: date) -> Iterator[Fault]:
    """A child below three is no head of a household; the eldest adult in it takes the place."""
    for member in _heads(home):
        age = member[1].age_on(today)
        if age is None or not 0 <= age < TODDLER:
            continue
        adults = [
            m for m in home.members if (m[1].age_on(today) or 0) >= ADULT and m[0].relation not in HEADS
        ]
        steps: tuple[Step, ...] = ()
        if adults and len(_heads(home)) == 1:
            eldest = min(adults, key=lambda m: (m[1].birth or date.max, m[0].pk))
            steps = (
                Step("relation", eldest[0].pk, "02"),
                Step("head", home.pk, str(eldest[1].pk)),
                Step("relation", member[0].pk, ""),
            )
        why = _("由本户最年长的成年人任户主，孩子的关系改为未填，下次上门再问。") if steps else ""
        said = _("户主只有 %(age)d 岁。") % {"age": age}
        yield _of(home, member, said, (home.pk, member[1].birth), steps=steps, why=why)


@home_sentence(
    gettext_lazy("登记的户主不住在本户"), gettext_lazy("登记册规则：户主是户内成员"), certain=False
)
def head_lives_elsewhere(home: Home, today: date) -> Iterator[Fault]:
    """Whoever is written down as head lives in the household; else the member who is called head is meant."""
    if not home.head or not home.members or any(record.pk == home.head for _tie, record in home.members):
        return
    heads = _heads(home)
    member = heads[0] if heads else home.members[0]
    steps = (Step("head", home.pk, str(heads[0][1].pk)),) if len(heads) == 1 else ()
    why = _("本户成员中只有一人的关系是户主。") if steps else ""
    yield _of(home, member, _("户上登记的户主已不在本户成员中。"), (home.pk, home.head), steps=steps, why=why)
