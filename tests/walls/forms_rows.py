"""The doors of the forms' pages."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from tests.walls.row import Row
from wangge.engines.forms.models import Attachment, Device, Form, FormVersion, Submission

_numbers = count(1)


def version(area: str) -> dict[str, Any]:
    form = Form.objects.create(key=f"form{next(_numbers)}", title="检查", area_code=area, made_by="test")
    made = FormVersion.objects.create(
        form=form, number=1, label="1", workbook=b"", xform="<x/>", digest="0" * 32, made_by="test"
    )
    return {"pk": made.pk}


def given_out(area: str) -> dict[str, Any]:
    made = FormVersion.objects.get(pk=version(area)["pk"])
    FormVersion.objects.filter(pk=made.pk).update(state="published")
    return {"key": made.form.key, "number": 1}


def answer(area: str) -> dict[str, Any]:
    made = Submission.objects.create(
        area_code=area, version_id=version(area)["pk"], instance=f"uuid:{next(_numbers):08}", digest="0"
    )
    return {"pk": made.pk}


def attached(area: str) -> dict[str, Any]:
    row = Attachment(submission_id=answer(area)["pk"], name="a.txt", digest="0", size=1)
    row.content.save("a.bin", ContentFile(b"a"))
    return {"pk": row.pk}


def device(area: str) -> dict[str, Any]:
    day = date(2099, 1, 1)
    made = Device.objects.create(
        area_code=area, name="一", token_hash=str(next(_numbers)), made_by="test", ends_on=day
    )
    return {"pk": made.pk}


FORMS = [
    Row("forms:list", "form.manage"),
    Row("forms:upload", "form.manage"),
    Row("forms:version", "form.manage", version),
    Row("forms:answers", "form.manage", version),
    Row("forms:answer", "form.manage", answer),
    Row("forms:file", "form.manage", attached),
    Row("forms:publish", "form.manage", version, "POST"),
    Row("forms:retire", "form.manage", version, "POST"),
    Row("forms:bind", "form.manage", version, "POST", form="path=/data/a&fact="),
    Row("forms:preview", "form.manage", version),
    Row("forms:phone", "form.manage", version),
    Row("forms:devices", "form.manage"),
    Row("forms:revoke", "form.manage", device, "POST"),
    Row("fieldforms:list", "duty.do"),
    Row("fieldforms:form", "duty.do", given_out),
]
# An API client's key opens these (tests/engines/forms/test_pyodk.py); without one they tell nothing.
PYODK = {
    "odk:sessions",
    "odk:current",
    "odk:projects",
    "odk:project",
    "odk:forms",
    "odk:form",
    "odk:xml",
    "odk:table",
    "odk:submissions",
    "odk:submission",
    "odk:left_out",
}
