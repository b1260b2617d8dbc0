"""One answer in JSON and in XML, as GeoReport v2 wants each; and its refusals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from django.http import HttpResponse, JsonResponse

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Refusal(Exception):
    """What the caller is told: an HTTP status and words."""

    def __init__(self, status: int, words: str, retry_after: int = 0) -> None:
        self.status, self.words, self.retry_after = status, words, retry_after
        super().__init__(words)


def answer(form: str, root: str, each: str, rows: Any, status: int = 200) -> HttpResponse:
    """Rows as ``form`` ("json" or "xml"); in XML inside ``root``, each row as ``each``. A single mapping
    (a definition, a discovery) is an object in JSON and the root itself in XML."""
    if form == "json":
        held = JsonResponse(rows, safe=False, status=status, json_dumps_params={"ensure_ascii": False})
        held["Content-Type"] = "application/json; charset=utf-8"
        return held
    tree = ElementTree.Element(root)
    _fill(tree, rows, each)
    body = ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, status=status, content_type="text/xml; charset=utf-8")


def refused(form: str, refusal: Refusal) -> HttpResponse:
    """The errors of the specification: one, with the status as its code."""
    rows = [{"code": refusal.status, "description": refusal.words}]
    told = answer(form, "errors", "error", rows, refusal.status)
    if refusal.retry_after:
        told["Retry-After"] = str(refusal.retry_after)
    return told


def _fill(tree: ElementTree.Element, value: Any, each: str) -> None:
    if isinstance(value, Mapping):
        for name, inside in value.items():
            _fill(ElementTree.SubElement(tree, name), inside, SINGLE.get(name, "value"))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for row in value:
            _fill(ElementTree.SubElement(tree, each), row, "value")
    elif value is not None:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        tree.text = NOT_IN_XML.sub("", text)


# What one entry of a list inside is called.
SINGLE = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}
