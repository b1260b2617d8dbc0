"""The example checklists, loaded into a district."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wangge.engines.forms import actions as forms
from wangge.engines.forms.models import Form, FormVersion

from ..workbook.forms import pack_forms


@transaction.atomic
def load_checklists(*, actor: Any, area_code: str) -> list[FormVersion]:
    """Load and publish the checklists the district has not got; those it has, changed or not, stay.

    Args:
        area_code: whose forms they become.
    """
    held = set(Form._base_manager.values_list("key", flat=True))
    books = [each.workbook for each in pack_forms() if each.key not in held]
    made = forms.upload_forms(actor=actor, area_code=area_code, contents=books)
    for version in made:
        forms.publish_version(actor=actor, version=version, rest_stays=True)
    return made
