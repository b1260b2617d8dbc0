"""Reads of the forms."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from ..enums import State
from ..models import Device, Form, FormVersion, Submission
from .about import About
from .asked import Asked, answered, asked_in
from .dictionary import fact_keys, fact_names, words
from .files import answers_with, number_here, pictures_here
from .ledgers import ledgers_of
from .prefill import PERSON_ID, prefill, prefilled, repeats_of_members, shown
from .said import facts_said

__all__ = [
    "PERSON_ID",
    "About",
    "Asked",
    "answered",
    "answers_of",
    "answers_to",
    "answers_with",
    "asked_in",
    "device_of",
    "devices",
    "fact_keys",
    "fact_names",
    "facts_said",
    "forms",
    "given_out",
    "ledgers_of",
    "listed",
    "newest_given",
    "newest_versions",
    "pictures_here",
    "prefill",
    "prefilled",
    "repeats_of_members",
    "shown",
    "submissions_to",
    "version_answered",
    "version_numbered",
    "versions_of",
    "words",
]
LARGE = ("workbook", "xform")  # megabytes that lists do not show


def forms() -> QuerySet[Form]:
    """Forms in reach, the newest first."""
    return Form.objects.order_by("-made_at")


def versions_of(form: Form) -> QuerySet[FormVersion]:
    """The versions of a form, the newest first, without what is large."""
    return form.versions.defer(*LARGE).order_by("-number")


def newest_versions(forms: Iterable[Form]) -> dict[int, FormVersion]:
    """Each form's newest version; one query."""
    rows = FormVersion.objects.filter(form__in=list(forms)).defer(*LARGE).order_by("number")
    return {row.form_id: row for row in rows}


def answers_to(forms: Iterable[Form]) -> dict[int, int]:
    """How many answers to each form lie inside the reach: a form of the district has more elsewhere."""
    rows = Submission.objects.filter(version__form__in=list(forms)).values_list("version__form")
    return dict(rows.annotate(number=Count("pk")).order_by())


def devices() -> QuerySet[Device]:
    """Devices in reach, those in use first."""
    return Device.objects.annotate(answers=Count("submissions")).order_by("revoked_at", "-made_at")


def device_of(token_hash: str) -> Device | None:
    """The device of a token, while it may come in."""
    today = timezone.localdate()
    return Device._base_manager.filter(token_hash=token_hash, revoked_at=None, ends_on__gte=today).first()


def given_out() -> QuerySet[FormVersion]:
    """The published versions in reach."""
    rows = FormVersion.objects.filter(state=State.PUBLISHED).select_related("form").defer("workbook")
    return rows.order_by("form__key")


def listed(version: FormVersion) -> dict[str, str | int]:
    """A version as the field app lists it."""
    key, title = version.form.key, version.form.title
    return {"key": key, "number": version.number, "title": title, "digest": version.digest}


def version_answered(key: str, label: str) -> FormVersion | None:
    """The version in reach that an answer names; drafts take none. Without a label it is the newest."""
    found = FormVersion.objects.filter(form__key=key).exclude(state=State.DRAFT).defer(*LARGE)
    found = found.order_by("-number")
    return (found.filter(label=label) if label else found).select_related("form").first()


def version_numbered(key: str, number: int) -> FormVersion | None:
    """A version in reach by its form's key and its number; drafts are none."""
    found = FormVersion.objects.filter(form__key=key, number=number).exclude(state=State.DRAFT)
    return found.select_related("form").defer("workbook").first()


def newest_given() -> QuerySet[FormVersion]:
    """Of each form in reach the newest version that was ever given out, by the form's key."""
    given = FormVersion.objects.exclude(state=State.DRAFT)
    newest = given.values("form").annotate(last=Max("pk")).values("last")
    return given.filter(pk__in=newest).select_related("form").defer("workbook").order_by("form__key")


def submissions_to(form: Form) -> QuerySet[Submission]:
    """The answers to a form in reach, the newest first."""
    rows = Submission.objects.filter(version__form=form).order_by("-pk")
    related = rows.select_related("version__form", "person", "worker", "device")
    return related.defer("version__workbook", "version__xform").annotate(here=number_here())


def answers_of(version: FormVersion, most: int) -> list[Submission]:
    """The newest answers to a version in reach. ``here``: files that came; ``wrong``: those among them that
    claim to be pictures and are none."""
    rows = Submission.objects.filter(version=version).select_related("worker", "device").order_by("-pk")
    wrong = Count("attachments", filter=~Q(attachments__fault=""))
    return list(rows.annotate(here=number_here(), wrong=wrong).defer("xml_sealed")[:most])
