"""Taking an answer: once for each instance, its files in as many posts as it needs."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.access import queries as access
from wangge.foundation.access.models import User
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.pictures import NotAPicture, read_picture
from wangge.lib.scoping import Reach
from wangge.lib.sealing import seal
from wangge.lib.sealing.files import ENDING, write_sealed
from wangge.registry.people.models import Household, Organisation, Person, Room

from ..answers import PICTURE, Answer, files_in, values_of
from ..enums import State
from ..models import Attachment, Device, FormVersion, Submission
from ..queries.about import About
from ..queries.files import names_here

NO_PICTURE: dict[str, str | Promise] = {
    "image": gettext_lazy("不是照片，打不开。请重新拍一张。"),
    "kind": gettext_lazy("不是 JPEG、PNG 或 WebP 照片。请重新拍一张，或在相机设置里选“兼容性最佳”。"),
    "pixels": gettext_lazy("照片太大。请用普通尺寸重新拍一张。"),
    "cut": gettext_lazy("照片不完整或已损坏。请重新拍一张。"),
}


@dataclass(frozen=True)
class Kept:
    """What is here of an answer. missing: files still to come; refused: files that were not taken, with the
    reason in words; they are missing too."""

    submission: Submission
    repeated: bool
    missing: tuple[str, ...]
    refused: tuple[tuple[str, str], ...] = ()


class Different(Unacceptable):
    """Another answer came under the same instance before."""


@dataclass(frozen=True)
class _File:
    """A file as it came; kind and fault as ``Attachment`` has them."""

    content: bytes
    digest: str
    kind: str = ""
    fault: str = ""


@dataclass(frozen=True)
class _Sender:
    """Who sends: a device without account, or a worker who is signed in."""

    device: Device | None
    worker: User | None

    @property
    def name(self) -> Any:
        return self.worker or f"device:{self.device.pk}"  # type: ignore[union-attr]

    @property
    def reach(self) -> Reach:
        if self.worker:
            return access.reach_for(self.worker, "duty.do")
        return Reach((self.device.prefix,))  # type: ignore[union-attr]

    def place(self, about: About) -> str:
        if self.device:
            return self.device.area_code
        return about.area_code or access.home_of(self.worker, "duty.do")


def keep_answer(
    *,
    version: FormVersion,
    answer: Answer,
    files: Mapping[str, File[Any]],
    device: Device | None = None,
    worker: User | None = None,
    about: Person | Household | Room | Organisation | About | None = None,
    later: Mapping[str, str] = MappingProxyType({}),
) -> Kept:
    """Keep an answer and those of its files that came with it. The same again changes nothing, and brings
    files that were missing.

    A picture that is none is kept from a device, marked: ODK Collect sends the same file for ever when it is
    refused, and the answer would never leave the phone. A worker's is refused, and the rest is kept: our own
    app shows the reason and takes another photo under the same name.

    Args:
        device, worker: who sends, one of them. about: whom or what a worker's answer is about; its facts are
        written by ``write_back``. later: files that arrive among the photos (``foundation.photos``), name →
        digest; names the answer does not speak of are left alone.

    Raises:
        Different: the instance is known with other content, or from another sender.
        Unreadable: the answer is another form's, or answers a question twice.
        Unacceptable: the form is not given out in the sender's area, what it is about lies elsewhere, or the
        answer does not name a file that came with it.
    """
    if (device is None) == (worker is None):
        raise TypeError("an answer comes from a device or from a worker")
    sender, whom = _Sender(device, worker), About() if about is None else About.of(about)
    _must_be_given_out(version, answer, sender.reach)
    _must_be_near(whom, sender.reach)
    strange = sorted(set(files) - set(answer.files))
    if strange:
        raise Unacceptable(_("答案里没有提到文件“%(name)s”。") % {"name": strange[0][:80]})
    expected = files_in(values_of(answer.text, version.questions), version.questions)
    looked = {name: _looked(name, file) for name, file in files.items()}
    with transaction.atomic():
        submission, repeated = _submission(sender, version, answer, whom, expected)
        _await(submission, later)
        return _with_files(submission, repeated, looked, strict=worker is not None)


def _must_be_given_out(version: FormVersion, answer: Answer, reach: Reach) -> None:
    known = FormVersion._base_manager.filter(FormVersion.reach_filter(reach), pk=version.pk)
    if version.state == State.DRAFT or not known.exists():
        raise Unacceptable(_("没有这张表单，或它不属于您的区域。答案还在手机上，请联系社区。"))
    if answer.form != version.form.key:
        raise Unacceptable(_("这是另一张表单的答案。请在手机上重新打开表单再填。"))


def _must_be_near(about: About, reach: Reach) -> None:
    places = [row.area_code for row in (about.room, about.household, about.organisation) if row]
    person = about.person
    strange = person and not Person._base_manager.filter(Person.reach_filter(reach), pk=person.pk).exists()
    if strange or not all(reach.covers(code) for code in places):
        raise Unacceptable(_("这个人、这间房屋或这个单位不在您的网格里。"))


def _looked(name: str, file: File[Any]) -> _File:
    content = b"".join(file.chunks())
    kind = fault = ""
    if PICTURE.search(name):
        try:
            kind = read_picture(content).kind
        except NotAPicture as error:
            fault = error.why
    return _File(content, hashlib.sha256(content).hexdigest(), kind, fault)


def _submission(
    sender: _Sender, version: FormVersion, answer: Answer, about: About, expected: list[str]
) -> tuple[Submission, bool]:
    digest = hashlib.sha256(answer.xml).hexdigest()
    held = Submission._base_manager.filter(instance=answer.instance).first()
    if held is None:
        try:
            with transaction.atomic():
                return _new(sender, version, answer, digest, about, expected), False
        except IntegrityError:  # the same answer is being kept at this moment
            held = Submission._base_manager.get(instance=answer.instance)
    mine = (sender.device and sender.device.pk, sender.worker and sender.worker.pk)
    if held.digest != digest or (held.device_id, held.worker_id) != mine:
        raise Different(_("这份答案的编号已经收到过，内容不同。请在手机上另存为新的一份再发送。"))
    return held, True


def _new(
    sender: _Sender, version: FormVersion, answer: Answer, digest: str, about: About, expected: list[str]
) -> Submission:
    area = sender.place(about)
    submission = Submission.objects.create(
        area_code=area, version=version, device=sender.device, worker=sender.worker, person=about.person,
        household=about.household, room=about.room, organisation=about.organisation,
        instance=answer.instance, digest=digest, xml_sealed=seal(answer.text, "forms.answer"), files=expected,
    )  # fmt: skip
    data = {"form": version.form_id, "version": version.number, "files": len(expected)}
    journal.record("form.answered", actor=sender.name, area=area, subject=submission, data=data)
    return submission


def _with_files(submission: Submission, repeated: bool, files: Mapping[str, _File], *, strict: bool) -> Kept:
    refused = []
    for name, file in files.items():
        if strict and file.fault:
            refused.append((name, str(NO_PICTURE[file.fault])))
        else:
            _attach(submission, name, file)
    here = names_here(submission)
    missing = tuple(name for name in submission.files if name not in here)
    return Kept(submission, repeated, missing, tuple(refused))


def _await(submission: Submission, later: Mapping[str, str]) -> None:
    """Photos that were named by digest; another one under the same name takes the place of the first."""
    for name, digest in later.items():
        if name in submission.files:
            row, made = Attachment._base_manager.get_or_create(
                submission=submission, name=name, defaults={"digest": digest, "size": 0}
            )
            if not made and not row.content and row.digest != digest:
                row.digest = digest
                row.save(update_fields=["digest"])


def _attach(submission: Submission, name: str, file: _File) -> None:
    """The first file under a name stays, unless it was no picture and now one comes."""
    held = Attachment._base_manager.filter(submission=submission, name=name).first()
    if held and held.content and (not held.fault or file.fault):
        return
    row = held or Attachment(submission=submission, name=name)
    row.digest, row.size, row.kind, row.fault = file.digest, len(file.content), file.kind, file.fault
    row.content.name = f"forms/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}{ENDING}"  # tells nothing
    write_sealed(Path(default_storage.path(str(row.content.name))), file.content)
    row.save()
