"""Every file a page links to exists: with names that hold a hash, a missing one is an error of the server."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

LINK = re.compile(r"""{%\s*static\s+['"]([^'"]+)['"]\s*%}""")
TEMPLATES = sorted((settings.ROOT / "wangge").rglob("templates/**/*.html"))
LINKED = sorted({(name, path.name) for path in TEMPLATES for name in LINK.findall(path.read_text("utf-8"))})


@pytest.mark.parametrize(("name", "linker"), LINKED)
def test_what_a_page_links_to_is_there(name, linker):
    assert finders.find(name), f"{linker} links to {name}"


def test_pages_were_read():
    assert len(TEMPLATES) > 200 and len(LINKED) > 20
