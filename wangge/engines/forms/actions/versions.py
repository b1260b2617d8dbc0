"""A workbook becomes a draft, a draft is published, a published form is retired."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..checking import Checked, Fault, check_all
from ..enums import State
from ..models import Form, FormVersion
from ..queries import words
from ..queries.standing import Stood, open_questions
from .deciding import keep_in_form, take_rulings


class Refused(Unacceptable):
    """The workbook cannot become a form; ``faults`` says what is wrong in which cell."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{fault.place} {fault}".strip() for fault in faults[:5]))


class Undecided(Unacceptable):
    """Questions stand in the way of publishing: see ``questions``."""

    def __init__(self, questions: Sequence[Stood]) -> None:
        self.questions = list(questions)
        names = "、".join(stood.question["label"] or stood.question["name"] for stood in self.questions[:5])
        said = _("还有 %(n)d 道题没有决定是不是登记册的事实：%(names)s。请逐题决定后再发布。")
        super().__init__(said % {"n": len(self.questions), "names": names})


@transaction.atomic
def upload_form(*, actor: Any, area_code: str, content: bytes) -> FormVersion:
    """Check a workbook and keep it as a draft: a new form, or the next version of the one with its key. The
    same workbook again gives the version it gave before.

    Raises:
        Refused: something in it is wrong. Unacceptable: its key belongs to a form of another area.
    """
    return upload_forms(actor=actor, area_code=area_code, contents=[content])[0]


@transaction.atomic
def upload_forms(*, actor: Any, area_code: str, contents: Sequence[bytes]) -> list[FormVersion]:
    """Several workbooks of one sender, as ``upload_form``; all of them or none."""
    checked = check_all(contents, words())
    if faults := [fault for made in checked for fault in made.faults]:
        raise Refused(faults)
    return [_kept(actor, area_code, *pair) for pair in zip(checked, contents, strict=True)]


def _kept(actor: Any, area_code: str, made: Checked, content: bytes) -> FormVersion:
    digest = hashlib.md5(made.xform.encode(), usedforsecurity=False).hexdigest()
    form = _form(actor, area_code, made.key, made.title)
    if known := form.versions.filter(digest=digest).order_by("-number").first():
        return known
    number = (form.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    if made.version and form.versions.filter(label=made.version[:40]).exists():
        said = _("版本“%(name)s”已经有了，内容不同。请改 settings 表里的 version 再上传。")
        raise Unacceptable(said % {"name": made.version})
    version = FormVersion.objects.create(
        form=form, number=number, label=made.version[:40], workbook=content, xform=made.xform,
        digest=digest, questions=_as_before(form, [asdict(question) for question in made.questions]),
        made_by=journal.account_of(actor),
    )  # fmt: skip
    journal.record(
        "form.uploaded", actor=actor, area=form.area_code, subject=version,
        changes={"version": number, "questions": len(made.questions)},
    )  # fmt: skip
    return version


def _as_before(form: Form, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was decided about a question of the version before holds for the same question of this one."""
    before = form.versions.order_by("-number").values_list("questions", flat=True).first() or []
    known = {(each["path"], each["type"], each["label"]): each for each in before}
    for question in questions:
        held = known.get((question["path"], question["type"], question["label"]))
        if not held or question["fact"] or question["decision"]:
            continue
        if question["choices"] == held.get("choices", []) or not held["fact"]:
            question["fact"], question["decision"] = held["fact"], held.get("decision", "")
    return questions


def _form(actor: Any, area_code: str, key: str, title: str) -> Form:
    found = Form._base_manager.select_for_update().filter(key=key).first()
    if found is None:
        return Form.objects.create(
            key=key, title=title[:120] or key, area_code=area_code, made_by=journal.account_of(actor)
        )
    if found.area_code != area_code:
        said = _("表单编号“%(key)s”已被别的区域使用，请在 settings 表里换一个 form_id。")
        raise Unacceptable(said % {"key": key})
    return found


@transaction.atomic
def publish_version(*, actor: Any, version: FormVersion, rest_stays: bool = False) -> None:
    """From now on this version is given out; the one before is retired and keeps its answers.

    Args:
        rest_stays: questions nobody decided about stay in the form (``keep_in_form``).

    Raises:
        Undecided: a question is neither a fact nor the form's own, or waits for admission.
    """
    row = FormVersion.objects.select_for_update(of=("self",)).select_related("form").get(pk=version.pk)
    if row.state == State.PUBLISHED:
        return
    if row.state == State.DRAFT:
        if rest_stays:
            keep_in_form(actor=actor, version=row)
            row.refresh_from_db(fields=["questions"])
        take_rulings(row)
        if waiting := open_questions(row):
            raise Undecided(waiting)
    row.form.versions.filter(state=State.PUBLISHED).update(state=State.RETIRED)
    row.state, row.published_at = State.PUBLISHED, timezone.now()
    row.save(update_fields=["state", "published_at", "questions"])
    journal.record(
        "form.published", actor=actor, area=row.form.area_code, subject=row, changes={"version": row.number}
    )


@transaction.atomic
def retire_form(*, actor: Any, form: Form) -> None:
    """Nothing of this form is given out any more; answers under way are still taken."""
    if form.versions.filter(state=State.PUBLISHED).update(state=State.RETIRED):
        journal.record("form.retired", actor=actor, area=form.area_code, subject=form)
