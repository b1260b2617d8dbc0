"""A visit to a door: what was asked, what came of it, which ledgers it brought up to date."""

from __future__ import annotations

from django.db import models

from wangge.engines.forms.models import Submission
from wangge.lib.scoping import Scoped

from ..enums import CallBackState, VisitResult

KEPT = "three years, then counts only"


class Visit(Scoped):
    """走访: once for each ``op``. ``asked`` questions were asked, ``separate`` would have been by separate
    forms; ``ledgers`` names what was brought up to date (本次更新的台账). ``at_odds`` says in what this
    visit differs from another worker's of the same day: ``{"visit": id, "keys": [questions]}``; somebody
    settles which holds. ``answers_sealed`` keeps what was answered, so that both stay readable and whichever
    order visits arrive in, the later one holds."""

    personal = {
        "words": ("what is worth knowing at the next visit", KEPT),
        "answers_sealed": ("what each of two visits said, sealed, until it is settled which holds", KEPT),
        "team": ("who came along (S64)", KEPT),
        "lon": ("that somebody was at the door", KEPT),
        "lat": ("that somebody was at the door", KEPT),
    }
    sealed_as = {"answers_sealed": "fieldwork.answers"}
    op = models.UUIDField(unique=True)
    area_code = models.CharField(max_length=15)
    room = models.ForeignKey("people.Room", models.CASCADE, null=True, blank=True, related_name="visits")
    organisation = models.ForeignKey(
        "people.Organisation", models.CASCADE, null=True, blank=True, related_name="visits"
    )
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, blank=True, related_name="visits")
    at = models.DateTimeField()
    worker = models.CharField(max_length=60)
    team = models.JSONField(default=list)  # [{"kind": "cadre|captain|volunteer|…", "name": …}]
    result = models.CharField(max_length=8, choices=VisitResult.choices)
    words = models.CharField(max_length=500, blank=True)
    topics = models.JSONField(default=list)  # what was told (S35)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    in_grid = models.BooleanField(null=True, blank=True)
    photos = models.JSONField(default=list)
    blocks = models.JSONField(default=list)  # which parts the script had
    asked = models.PositiveSmallIntegerField(default=0)
    separate = models.PositiveSmallIntegerField(default=0)
    submission = models.ForeignKey(Submission, models.SET_NULL, null=True, blank=True, related_name="visits")
    ledgers = models.JSONField(default=list)
    changed = models.JSONField(default=list)  # codes of facts that changed; no values
    confirmed = models.JSONField(default=list)  # codes of facts that were said to be as they are
    contradicted = models.JSONField(default=list)  # codes of facts a more trusted source says otherwise
    refused = models.JSONField(default=list)  # [fact, why] of what a form said and the register did not take
    answers_sealed = models.TextField(blank=True)
    at_odds = models.JSONField(default=dict)
    holds = models.BooleanField(null=True, blank=True)  # of two at odds; None while nobody settled it
    settled_by = models.CharField(max_length=150, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["area_code", "at"], name="visit_area")]

    def __str__(self) -> str:
        return f"{self.pk}"


class CallBack(Scoped):
    """再访卡: left where nobody was at home; its QR lets the household say when (spec 5.6: at most 3 times
    in 7 days). The token is signed (``lib.signing``) and names ``number``."""

    personal = {"said": ("when the household is at home, in its own words", "until the visit was made")}
    number = models.CharField(max_length=10, unique=True)
    area_code = models.CharField(max_length=15)
    visit = models.OneToOneField(Visit, models.CASCADE, related_name="call_back")
    until = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=CallBackState.choices, default=CallBackState.WAITING)
    said = models.CharField(max_length=200, blank=True)
    on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.number
