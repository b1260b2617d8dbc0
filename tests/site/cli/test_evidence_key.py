"""wangge evidence key: what a district publishes."""

from __future__ import annotations

import json

import pytest

from wangge.engines.cases.actions.keys import signer
from wangge.lib.evidence import fingerprint
from wangge.site.cli import main


@pytest.fixture(autouse=True)
def _two_keys(settings):
    settings.TOKEN_KEYS = "1:" + "11" * 32 + ",2:" + "22" * 32


def test_every_key_is_told_and_the_last_one_signs(capsys):
    assert main(["evidence", "key", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["signs"] == 2 and set(told["fingerprints"]) == {"1", "2"}
    assert told["fingerprints"]["2"] == fingerprint(signer()[1])


def test_the_key_on_paper_is_not_the_key_of_evidence(capsys):
    from wangge.lib.signing import Ed25519Provider

    paper = Ed25519Provider("1:" + "11" * 32).public_keys()[1]
    assert main(["evidence", "key"]) == 0
    said = capsys.readouterr().out
    assert fingerprint(bytes.fromhex(paper)) not in said and "现在用它签名" in said
