"""What was done to a declaration, by whom, and what it was before: the history and the way back."""

from django.db import models

from wangge.lib.scoping import Scoped

from ..enums import State, Verb
from .declaration import KEPT, Declaration


class Decision(Scoped):
    """办理记录. ``before`` holds the columns of the declaration that the step changed (states, clocks, keys;
    nothing personal), ``step_sealed`` what it wrote into the register, so that one key takes it back.

    ``area_code`` is where it was decided: after a transfer the old place still sees its own decision.
    """

    personal = {
        "step_sealed": ("what the step wrote about a person, sealed, to take it back", KEPT),
        "note": ("free words of the verifier, numbers taken out", KEPT),
    }
    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="decisions")
    area_code = models.CharField(max_length=15, db_index=True)
    verb = models.CharField(max_length=9, choices=Verb.choices)
    before_state = models.CharField(max_length=11, choices=State.choices)
    after_state = models.CharField(max_length=11, choices=State.choices)
    fields = models.JSONField(default=list, blank=True)  # which fields are wrong, or were corrected
    answered = models.CharField(max_length=5, blank=True)
    note = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict, blank=True)
    step_sealed = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    on_time = models.BooleanField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-id"], name="decision_by_whom")]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"
