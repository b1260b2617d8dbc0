"""What each question is: a fact of the dictionary, the form's own, or one the district must admit first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.registry.tables.actions.columns import propose_question
from wangge.registry.tables.enums import Ruling

from ..enums import Standing, State
from ..models import FormVersion
from ..queries.dictionary import code_of, fact_keys, fact_names
from ..queries.standing import header_of, open_questions, standings


@transaction.atomic
def bind_fact(*, actor: Any, version: FormVersion, path: str, fact: str) -> None:
    """Say which fact of the dictionary an answer is; "" for none yet. A published version stays as it is.

    Raises:
        Unacceptable: the version is published, there is no such question or fact, the type of the question
        cannot be one, or an option has no code in the dictionary.
    """
    row, question = _draft(version, path)
    if fact:
        _must_fit(question, fact)
    question["fact"], question["decision"] = fact, ""
    _saved(actor, row, question, fact=fact)


@transaction.atomic
def keep_in_form(*, actor: Any, version: FormVersion, paths: Collection[str] | None = None) -> int:
    """The answers to these questions (None: to all that are not decided) stay in the form: they are nothing
    the register keeps of a person, a home or a firm. Returns how many questions.

    Raises:
        Unacceptable: the version is published.
    """
    row = _locked(version)
    wanted = {stood.question["path"] for stood in open_questions(row) if stood.standing == Standing.UNDECIDED}
    wanted = wanted if paths is None else set(paths)
    chosen = [question for question in row.questions if question["path"] in wanted]
    for question in chosen:
        question["fact"], question["decision"] = "", "own"
    if chosen:
        row.save(update_fields=["questions"])
        names = [question["name"] for question in chosen]
        told = {"question": ", ".join(names)[:200], "questions": len(names), "fact": "", "own": True}
        _told(actor, row, told)
    return len(chosen)


@transaction.atomic
def accept_proposals(*, actor: Any, version: FormVersion) -> int:
    """Bind every question that is not decided to the fact its words mean, where its options fit. Returns how
    many were bound.

    Raises:
        Unacceptable: the version is published.
    """
    row, bound = _locked(version), 0
    for stood in open_questions(row):
        fact = stood.question.get("proposed", "")
        if fact and stood.standing == Standing.UNDECIDED and not _why_not(stood.question, fact):
            bind_fact(actor=actor, version=row, path=stood.question["path"], fact=fact)
            bound += 1
    return bound


@transaction.atomic
def ask_admission(*, actor: Any, version: FormVersion, path: str) -> Ruling:
    """Put a question to the district as a new fact (准入, S177). What the dictionary knows by these words is
    bound at once; what it declined stays declined. Returns what the district says.

    Raises:
        Unacceptable: the version is published, there is no such question, or its type cannot be a fact.
    """
    row, question = _draft(version, path)
    if not question.get("bears", False):
        raise Unacceptable(_("这种题型的答案不会成为登记册的一项，不用申请准入。"))
    asked = propose_question(
        actor=actor, form=row.form.key, title=row.form.title, area_code=row.form.area_code,
        header=header_of(question),
    )  # fmt: skip
    fits = asked.fact and not _why_not(question, asked.fact)
    question["fact"], question["decision"] = (asked.fact, "") if fits else ("", "asked")
    _saved(actor, row, question, fact=question["fact"], ruling=str(asked.state))
    return Ruling(asked.state)


def take_rulings(row: FormVersion) -> None:
    """Questions that the district admitted or mapped since are bound; the caller saves."""
    by_path = {question["path"]: question for question in row.questions}
    for stood in standings(row):
        if stood.ruling is not None and stood.ruling.fact:
            question = by_path[stood.question["path"]]
            _must_fit(question, stood.ruling.fact)
            question["fact"], question["decision"] = stood.ruling.fact, ""


def _locked(version: FormVersion) -> FormVersion:
    row = FormVersion.objects.select_for_update(of=("self",)).select_related("form").get(pk=version.pk)
    if row.state != State.DRAFT:
        raise Unacceptable(_("这一版已经发布，不能再改。请上传新的一版。"))
    return row


def _draft(version: FormVersion, path: str) -> tuple[FormVersion, dict[str, Any]]:
    row = _locked(version)
    question = next((each for each in row.questions if each["path"] == path), None)
    if question is None:
        raise Unacceptable(_("没有这道题，或没有这个事实。"))
    return row, question


def _must_fit(question: Mapping[str, Any], fact: str) -> None:
    if why := _why_not(question, fact):
        raise Unacceptable(why)


def _why_not(question: Mapping[str, Any], fact: str) -> str:
    """Why a question cannot be this fact; "" when it can."""
    if fact not in fact_keys():
        return _("没有这道题，或没有这个事实。")
    if question["type"] in ("select all that apply", "rank", "photo", "image", "note"):
        return _("这种题型不能对应事实字典。")
    for name, label in question.get("choices", ()):
        if not code_of(fact, name, label):
            said = _("选项“%(option)s”在“%(fact)s”的代码里没有。请在 Excel 里改好选项再上传，或只留在表单。")
            return said % {"option": label or name, "fact": fact_names()[fact]}
    return ""


def _saved(actor: Any, row: FormVersion, question: Mapping[str, Any], **changes: Any) -> None:
    row.save(update_fields=["questions"])
    _told(actor, row, {"question": question["name"], **changes})


def _told(actor: Any, row: FormVersion, changes: dict[str, Any]) -> None:
    journal.record("form.bound", actor=actor, area=row.form.area_code, subject=row, changes=changes)
