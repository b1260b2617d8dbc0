"""Forms that officials make in Excel, their versions, who fills them in, and what came back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Reach, Scoped, current_reach, prefix_of

from .enums import State

KEPT = "with the matter it belongs to, at most three years"


def above(prefix: str) -> list[str]:
    """The codes of the areas that a reach lies in, itself included: 6, 9, 12 and 15 digits."""
    wholes = [(6, "000000"), (9, "000"), (12, ""), (15, "")]
    return [prefix[:length] + zeros for length, zeros in wholes if length <= len(prefix)]


class Form(Scoped):
    """表单: an XLSForm (xlsform.org) by its ``key``. Made for an area, it is used in all of it."""

    personal: dict[str, tuple[str, str]] = {}
    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    area_code = models.CharField(max_length=15, db_index=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """Forms of the reach, and those of the areas it lies in."""
        codes = {code for prefix in reach.prefixes for code in above(prefix)}
        return reach.q("area_code") | Q(area_code__in=codes)

    @classmethod
    def own_filter(cls) -> Q:
        """Forms made for the reach itself: those of the areas above are used, not changed."""
        return current_reach().q("area_code")

    def __str__(self) -> str:
        return self.title


class FormVersion(Scoped):
    """One version: the workbook as it came, the XForm made from it, its questions.

    ``questions`` lists ``checking.Question`` as dicts; ``fact`` names the fact of the dictionary that an
    answer is, "" for none; ``decision`` is "own" when the answer stays in the form, "asked" when the district
    is to decide.
    """

    personal: dict[str, tuple[str, str]] = {}
    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=40, blank=True)  # as the workbook says
    workbook = models.BinaryField()
    xform = models.TextField()
    digest = models.CharField(max_length=32)  # MD5 of the XForm, as OpenRosa asks
    questions = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(state=State.PUBLISHED), name="one_published_version_per_form"
            ),
        ]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """Seen by whoever sees the form."""
        return Q(form__in=Form._base_manager.filter(Form.reach_filter(reach)).values("pk"))

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"


class Device(Scoped):
    """填表设备: a phone that fills in forms of one area without an account, by a token in its address."""

    personal = {"name": ("whose phone it is, to find it when it is lost", "while it may come in")}
    area_code = models.CharField(max_length=15, db_index=True)
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        return prefix_of(self.area_code)


class Submission(Scoped):
    """一份答案: what a device or a worker sent, whole and sealed; once for each ``instance``.

    ``person``, ``household``, ``room``, ``organisation``: whom and what it is about, as far as it was said.
    ``written``: what became of its facts (``actions.writing_back.Written``), names without values.
    """

    personal = {"xml_sealed": ("the answers as they came, sealed", KEPT)}
    sealed_as = {"xml_sealed": "forms.answer"}
    area_code = models.CharField(max_length=15, db_index=True)
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="submissions")
    device = models.ForeignKey(Device, models.PROTECT, null=True, blank=True, related_name="submissions")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    household = models.ForeignKey(
        "people.Household", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    room = models.ForeignKey("people.Room", models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    instance = models.CharField(max_length=100, unique=True)
    digest = models.CharField(max_length=64)
    xml_sealed = models.TextField()
    files = models.JSONField(default=list)  # names of the files the answers speak of
    received_at = models.DateTimeField(auto_now_add=True)
    written_at = models.DateTimeField(null=True, blank=True)
    written = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class Attachment(Scoped):
    """附件: one file of an answer, sealed on the disk. ``fault`` says why what claims to be a picture is none
    (``lib.pictures.NotAPicture.why``): it is kept, and never shown as a picture. Without ``content`` it is
    the photo of this ``digest`` (``foundation.photos``), which may still be on its way."""

    personal = {
        "name": ("the phone's name of the file, which the answer gives", KEPT),
        "content": ("photos show homes and people", KEPT),
    }
    sealed_files = ("content",)  # those that came before files were sealed are by ``sweeps``
    area_lookup = "submission__area_code"
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, blank=True)  # jpeg, png, webp; "" for what is no picture
    fault = models.CharField(max_length=10, blank=True)
    content = models.FileField(upload_to="forms/%Y/%m/", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "name"], name="one_file_per_name")]
        indexes = [models.Index(fields=["digest"], condition=Q(content=""), name="attachment_awaited")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.pk}"
