"""The dictionary grows: fields are admitted, headers ruled upon (准入, S177)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..dictionary import exact, facts, keeper, never
from ..enums import FIELD_KINDS, FieldState
from ..models import AdmittedField, HeaderRuling
from ..outgoing.catalogue import CHINESE
from ..queries.rulings import ruling_key

Option = tuple[str, str, str, Sequence[str]]  # value, label, English label, words ledgers use
NO_PURPOSE = ("score", "justice", "politics", "religion", "ethnic")  # what no purpose may be (decision 1)
CODE = re.compile(r"[a-z][a-z0-9_]{1,39}\Z")


@transaction.atomic
def admit_field(
    *,
    actor: Any,
    asked_by: str,
    name: str,
    kind: str,
    purpose: str,
    basis: str,
    retention: str,
    question: str,
    level: int = 3,
    options: Sequence[Option] = (),
    fresh_days: int = 365,
    synonyms: Iterable[str] = (),
    ledgers: Iterable[str] = (),
    name_en: str = "",
    definition: str = "",
    code: str = "",
) -> AdmittedField:
    """Admit a new fact of persons: from now on ledgers may carry it, and it is asked once where it is due.

    Args:
        asked_by: the office that wants it. kind: of ``FIELD_KINDS``; numbers that identify somebody (ids,
        phones) are none of them. level: 2 internal, 3 personal, 4 sensitive. options: for kind code, at
        least two. fresh_days: 0 = never stale. question: as a resident is asked. synonyms: further headers.
        ledgers: whose exports show it. code: proposed from the name when "".

    Raises:
        Unacceptable: may never be known (refused.toml), is known already, or does not say what it must.
    """
    words = [word.strip() for word in dict.fromkeys(synonyms) if word.strip() and word.strip() != name]
    shown = [text for _value, label, english, more in options for text in (label, english, *more)]
    _must_be_allowed(name, name_en, definition, question, *words, *shown)
    _must_be_allowed(purpose, among=NO_PURPOSE)
    _must_be_new(name, *words)
    _must_be_whole(name, kind, purpose, basis, retention, question, asked_by)
    _must_fit(kind, level, fresh_days, options, ledgers := list(ledgers))
    field = _create(
        code=_free_code(code or proposed_code(name)),
        name=name.strip(),
        name_en=name_en.strip(),
        definition=definition.strip(),
        kind=kind,
        codes=[[value, label, english, list(more)] for value, label, english, more in options],
        purpose=purpose.strip(),
        basis=basis.strip(),
        retention=retention.strip(),
        level=level,
        fresh_days=fresh_days,
        synonyms=words,
        ledgers=ledgers,
        question=question.strip(),
        asked_by=asked_by.strip(),
        admitted_by=journal.account_of(actor),
        admitted_at=timezone.now(),
    )
    _told(field, "field.admitted", actor, question=field.question, asked_by=field.asked_by)
    return field


def _create(**values: Any) -> AdmittedField:
    try:
        with transaction.atomic():
            return AdmittedField.objects.create(**values)
    except IntegrityError as race:  # somebody admitted it between the look and the write
        raise Unacceptable(_("刚刚有人准入了同样的一项，请刷新页面。")) from race


@transaction.atomic
def withdraw_field(*, actor: Any, field: AdmittedField, reason: str) -> AdmittedField:
    """Stop collecting an admitted field: no ledger is read for it and nobody is asked. What is known stays
    with its name until retention takes it.

    Raises:
        Unacceptable: no reason, or withdrawn already.
    """
    if not reason.strip():
        raise Unacceptable(_("停用要写明理由。"))
    field = AdmittedField.objects.select_for_update().get(pk=field.pk)
    if field.state == FieldState.WITHDRAWN:
        raise Unacceptable(_("“%(name)s”已经停用。") % {"name": field.name})
    field.state = FieldState.WITHDRAWN
    field.save()
    _told(field, "field.withdrawn", actor, reason=reason)
    return field


def _told(field: AdmittedField, kind: str, actor: Any, *, reason: str = "", **more: str) -> None:
    data = {"fact": field.code, "name": field.name, **more}
    journal.record(kind, actor=actor, area="", subject=field, reason=reason, data=data)
    notice()


def notice() -> None:
    """This process speaks the new words at once, others within seconds."""
    keeper.look()
    transaction.on_commit(keeper.look)


@transaction.atomic
def map_header(*, actor: Any, header: str, fact: str, asked_by: str) -> HeaderRuling:
    """A header is a known fact by another name; ledgers and tables of the district know it from now on.

    Raises:
        Unacceptable: no such fact, or the header names what may never be known.
    """
    _must_be_allowed(header)
    known = facts().get(fact)
    if known is None or known.target == "row":
        raise Unacceptable(_("请选字典里的一项。"))
    return _rule(actor, header, fact, "", asked_by)


@transaction.atomic
def decline_header(*, actor: Any, header: str, reason: str, asked_by: str) -> HeaderRuling:
    """A header is not admitted; whoever brings it again reads why.

    Raises:
        Unacceptable: no reason.
    """
    if not reason.strip():
        raise Unacceptable(_("不予准入要写明理由。"))
    return _rule(actor, header, "", reason.strip(), asked_by)


def _rule(actor: Any, header: str, fact: str, reason: str, asked_by: str) -> HeaderRuling:
    if not (key := ruling_key(header)):
        raise Unacceptable(_("这一列没有表头，无法裁定。"))
    told = {"fact": fact, "reason": reason, "asked_by": asked_by, "ruled_by": journal.account_of(actor)}
    ruling, _new = HeaderRuling.objects.update_or_create(header=key, defaults=told)
    kind = "header.mapped" if fact else "header.declined"
    data = {"header": key, "fact": fact, "asked_by": asked_by}
    journal.record(kind, actor=actor, area="", subject=ruling, reason=reason, data=data)
    notice()
    return ruling


def proposed_code(name: str) -> str:
    """A code from a name: 饮水来源 → yin_shui_lai_yuan; "field" where nothing can be read."""
    from pypinyin import lazy_pinyin  # costs a quarter of a second, and admissions are rare

    plain = re.sub(r"[^a-z0-9]+", "_", "_".join(lazy_pinyin(name)).lower()).strip("_")[:36].strip("_")
    return plain if CODE.match(plain) else f"field_{plain}".strip("_")[:36]


def _free_code(code: str) -> str:
    if not CODE.match(code):
        raise Unacceptable(_("代码只能用小写字母、数字和下划线，以字母开头。"))
    taken = {*facts(), *AdmittedField.objects.values_list("code", flat=True)}
    return next(c for n in range(len(taken) + 1) if (c := f"{code}_{n + 1}" if n else code) not in taken)


def _must_be_allowed(*texts: str, among: Collection[str] = ()) -> None:
    for text in texts:
        if why := never(text, among):
            raise Unacceptable(_("“%(text)s”不得准入：%(reason)s。") % {"text": text, "reason": why.reason})


def _must_be_new(*words: str) -> None:
    for word in words:
        if codes := exact(ruling_key(word)):
            known = facts()[codes[0]].name
            raise Unacceptable(
                _("字典里已有“%(known)s”，它也叫“%(word)s”：请把这一列对应到已有项。")
                % {"known": known, "word": word}
            )


def _must_be_whole(*texts: str) -> None:
    if not all(text.strip() for text in texts):
        raise Unacceptable(_("名称、类型、用途、依据、保存期限、入户时的问题和提出单位都要写。"))


def _must_fit(
    kind: str, level: int, fresh_days: int, options: Sequence[Option], ledgers: Sequence[str]
) -> None:
    if kind not in FIELD_KINDS:
        raise Unacceptable(_("这种类型不能准入：证件号码和电话已有专门的项，加密保存。"))
    if level not in (2, 3, 4):
        raise Unacceptable(_("分级只能是 2 内部、3 个人信息、4 敏感个人信息。"))
    if not 0 <= fresh_days <= 3650:
        raise Unacceptable(_("保鲜天数在 0 到 3650 之间，0 表示不过期。"))
    labels, values = [o[1].strip() for o in options], [o[0].strip() for o in options]
    if kind == "code" and (len(labels) < 2 or not all(labels + values)):
        raise Unacceptable(_("选项至少两个，每个都要有代码和名称。"))
    if len(set(labels)) < len(labels) or len(set(values)) < len(values):
        raise Unacceptable(_("选项有重复。"))
    if unknown := [code for code in ledgers if code not in CHINESE]:
        raise Unacceptable(_("没有这些台账：%(codes)s。") % {"codes": "、".join(unknown)})
