"""What answers to forms hold about one person, for her own page (``rights.sections``)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.registry.people.models import Person, Tie
from wangge.registry.rights.sections import Line, Section

from .answers import Unreadable
from .models import Submission
from .queries import answered, asked_in
from .queries.prefill import PERSON_ID

MOST = 50
WHY = gettext_lazy("网格员走访时填的表；对应登记册的项目已记在您名下，表单原文随所办的事保存，最长三年。")


def own_answers(person: Person) -> Section:
    """The newest answers about her, and her row of those about her household."""
    homes = Tie.objects.filter(person=person, household__isnull=False, known_to=None).values("household")
    rows = Submission.objects.filter(Q(person=person) | Q(household__in=homes))
    shown = list(rows.select_related("version__form").defer("version__workbook").order_by("-pk")[:MOST])
    told = [(row, "；".join(_told(row, person))) for row in shown]
    lines = tuple(_line(row, text) for row, text in told if text or row.person_id == person.pk)
    subjects = tuple((Submission._meta.label_lower, str(row.pk)) for row in shown)
    return Section(gettext_lazy("走访表单"), WHY, lines, subjects)


def _line(row: Submission, text: str) -> Line:
    day = timezone.localtime(row.received_at).date().isoformat()
    title = row.version.form.title
    return Line(_("%(day)s 填写") % {"day": day}, title, f"{title}：{text}", _("网格员上门"), day)


def _told(row: Submission, person: Person) -> Iterator[str]:
    """Her answers, each with its question. Of a household's form only her own row."""
    try:
        values = answered(row)
    except Unreadable:
        return
    asked = {one.path: one for one in asked_in(row.version)}
    parts = [values.single] if row.person_id == person.pk else []
    for repeat, rows in values.repeated.items():
        parts += [each for each in rows if each.get(f"{repeat}/{PERSON_ID}") == str(person.pk)]
    for part in parts:
        for path, text in part.items():
            if text and not path.endswith(f"/{PERSON_ID}"):
                yield f"{asked[path].label} {asked[path].told(text)}"
