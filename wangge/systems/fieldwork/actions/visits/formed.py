"""What a visit answered to forms: kept as answers of those forms, their facts written to the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Any
from uuid import uuid5

from django.db.models import Q
from django.utils.translation import gettext as _
from lxml import etree

from wangge.engines.forms.actions import keep_answer, write_back
from wangge.engines.forms.answers import OPENROSA, Answer, Unreadable, read_answer
from wangge.engines.forms.models import FormVersion, Submission
from wangge.engines.forms.queries import About, facts_said, version_answered, version_numbered
from wangge.foundation.access.rules import Unacceptable
from wangge.registry.people.enums import Source, TieKind
from wangge.registry.people.models import Tie

from ...models import Visit
from ...reading.answers import OF_PERSON
from ...reading.answers import Answer as Said
from .answers import Written


def keep_forms(
    *,
    actor: Any,
    visit: Visit,
    answers: Mapping[str, Said],
    forms: Iterable[Mapping[str, Any]],
    day: date,
    photos: Iterable[str] = (),
) -> list[Submission]:
    """Keep the forms that were filled in, and those whose questions the script asked, as answers of the door.

    Args:
        actor: the signed-in worker. day: of the visit. photos: digests that came with the visit; a form's
            ``files`` (name and digest) are its photos among them, and belong to its answer when they arrive.

    Raises:
        Unacceptable: what came is no answer, or answers no form of the area.
    """
    sent: list[tuple[FormVersion, bytes, dict[str, str]]] = []
    filled, known = set(), set(photos)
    for form in forms:
        xml = str(form.get("xml", "")).encode()
        answer = _read(xml)
        if form.get("key") != answer.form:
            raise Unacceptable(_unreadable())
        version = _version(answer.form, answer.version, form.get("number"))
        sent.append((version, xml, _files(form.get("files"), known)))
        filled.add(answer.form)
    by_form: dict[str, dict[str, str]] = defaultdict(dict)
    for said in answers.values():
        if said.about == "form" and said.new and said.subject not in filled:
            by_form[said.subject][said.fact] = str(said.value)
    for key, values in sorted(by_form.items()):
        version = _version(key, "", None)
        sent.append((version, _written(visit, version, values), {}))
    about = _about(visit, day) if sent else None
    return [_keep(actor, version, xml, about, files) for version, xml, files in sent]


def _files(told: Any, known: Set[str]) -> dict[str, str]:
    """Name → digest of the files of a form that are photos of this visit."""
    listed = [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []
    return {
        str(one.get("name"))[:255]: str(one["digest"]) for one in listed if str(one.get("digest")) in known
    }


def write_forms(
    *, actor: Any, kept: Iterable[Submission], unless: Set[str], day: date, written: Written
) -> None:
    """Write the forms' facts as of ``day``, except those said otherwise, and add what became of them."""
    for row in kept:
        said = [key.split(":") for key in facts_said(row).keys() - unless]
        written.people |= {int(subject) for about, subject, _fact in said if about == OF_PERSON}
        done = write_back(actor=actor, submission=row, source=Source.VISIT, on=day, unless=unless)
        written.changed += done.changed
        written.confirmed += done.confirmed
        written.contradicted += done.contradicted
        written.refused += done.refused
        written.unused += done.strangers


def _keep(
    actor: Any, version: FormVersion, xml: bytes, about: About | None, later: Mapping[str, str]
) -> Submission:
    try:
        return keep_answer(
            version=version, answer=_read(xml), files={}, worker=actor, about=about, later=later
        ).submission
    except Unreadable as why:
        raise Unacceptable(_unreadable()) from why


def _read(xml: bytes) -> Answer:
    try:
        return read_answer(xml)
    except Unreadable as why:
        raise Unacceptable(_unreadable()) from why


def _unreadable() -> str:
    return _("表单的答案读不懂，请在手机上打开这份表单重新保存。")


def _version(key: str, label: str, number: Any) -> FormVersion:
    numbered = str(number or "").isdecimal() and len(str(number)) < 10
    found = version_numbered(key, int(number)) if numbered else version_answered(key, label)
    if found is None:
        raise Unacceptable(_("没有这张表单，或这一版不再使用。请更新手机上的资料后重填。"))
    return found


def _about(visit: Visit, day: date) -> About:
    """The door; where one person lives, or did until that day, also who: a form that asks there for a phone
    asks for theirs."""
    if visit.room is None:
        return About.of(visit.organisation or visit.person)
    homes = Tie._base_manager.filter(room=visit.room, kind=TieKind.LIVES, known_to=None)
    then = homes.filter(Q(valid_to=None) | Q(valid_to__gte=day)).select_related("person", "household")
    here = {tie.person_id: tie for tie in then.order_by("pk")}
    alone = next(iter(here.values())) if len(here) == 1 else None
    return About(alone.person, alone.household, visit.room) if alone else About(room=visit.room)


def _written(visit: Visit, version: FormVersion, values: Mapping[str, str]) -> bytes:
    """An instance of the form from single answers, in the form's own order."""
    paths = [one["path"] for one in version.questions if one["path"] in values]
    name = paths[0].strip("/").split("/")[0] if paths else "data"
    root = etree.Element(name, id=version.form.key, version=version.label or str(version.number))
    for path in paths:
        node = root
        for step in path.strip("/").split("/")[1:]:
            found = node.find(step)
            node = found if found is not None else etree.SubElement(node, step)
        node.text = values[path]
    meta = etree.SubElement(root, f"{OPENROSA}meta", nsmap={"orx": OPENROSA.strip("{}")})
    instance = etree.SubElement(meta, f"{OPENROSA}instanceID")
    instance.text = f"uuid:{uuid5(visit.op, version.form.key)}"
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
