"""The sample of the guide checks what the product signs: it is run as it stands on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wangge.foundation.clients.actions.sendings import signature_of

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.mark.parametrize("page", ["api.md", "api.en.md"])
def test_the_sample_takes_what_is_genuine_and_nothing_else(page):
    (sample,) = re.findall(r"```python\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    space: dict = {}
    exec(sample, space)
    genuine, body = space["genuine"], '{"kind":"declaration.decided"}'
    header = f"t=1000,v1={signature_of('new', 1000, body)},v1={signature_of('old', 1000, body)}"
    assert all(genuine(secret, header, body.encode(), 1100) for secret in ("new", "old"))
    assert not genuine("other", header, body.encode(), 1100)
    assert not genuine("new", header, body.encode() + b" ", 1100)
    assert not genuine("new", header, body.encode(), 1301)
