"""A bundle is made only of what still is what it was."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from tests.lib.evidence.bundle_cast import (
    CASE,
    DIGESTS,
    FIELDS,
    KEY,
    PHOTOS,
    PUBLIC,
    bundle,
    chained,
    content_of,
)  # fmt: skip
from wangge.lib.evidence import BrokenChain, UnknownField, verify


def test_what_lies_in_it():
    photos = sorted(f"photos/{digest}.jpg" for digest in DIGESTS)
    steps = [f"steps/000{number}.json" for number in (1, 2, 3, 4)]
    first = ["README.txt", "manifest.json", "signature.json", "case.json"]
    assert list(content_of(bundle())) == [*first, *steps, *photos]


def test_nothing_is_signed_when_a_step_was_changed_since():
    asked = []
    steps = chained(FIELDS)
    steps[2] = replace(steps[2], fields={**steps[2].fields, "words": "改过"})
    with pytest.raises(BrokenChain) as broken:
        bundle(steps=steps, sign=lambda body: asked.append(body) or b"")
    assert broken.value.number == 3 and asked == []


@pytest.mark.parametrize("order", [[0, 2, 1, 3], [1, 2, 3], [0, 1, 3], [0, 1, 1, 2, 3]])
def test_a_chain_with_a_step_out_of_place_or_lost_is_not_signed(order):
    steps = chained(FIELDS)
    with pytest.raises(BrokenChain):
        bundle(steps=[steps[at] for at in order])


def test_a_photo_that_is_not_its_digest_is_refused():
    with pytest.raises(ValueError, match="photo"):
        bundle(photos=[(DIGESTS[0], "jpg", PHOTOS[1])])


@pytest.mark.parametrize("ext", ["", "../x", "JPG", "toolong"])
def test_an_extension_that_is_none_is_refused(ext):
    with pytest.raises(ValueError, match="photo"):
        bundle(photos=[(DIGESTS[0], ext, PHOTOS[0])])


def test_a_photo_not_received_yet_is_listed_as_absent():
    report = verify(bundle(photos=[(DIGESTS[0], "jpg", PHOTOS[0])]))
    assert report.ok and report.facts.absent == 1 and report.facts.photos == 1
    assert "absent" in [note.code for note in report.notes]


def test_a_key_that_is_not_its_public_half_is_refused():
    with pytest.raises(ValueError, match="public key"):
        bundle(public=b"\x22" * 32)


def test_a_name_to_hide_that_nobody_has_is_refused():
    with pytest.raises(UnknownField) as unknown:
        bundle(redact={"acter", "actor"})
    assert unknown.value.names == ["acter"]


@pytest.mark.parametrize("name", ["Name", "姓名", "a b", "", "a" * 41])
def test_a_field_without_a_plain_key_is_refused(name):
    with pytest.raises(ValueError, match="plain key"):
        bundle(case=CASE | {name: 1})


def test_a_value_that_is_no_json_is_refused():
    with pytest.raises(ValueError, match="date"):
        bundle(case=CASE | {"day": date(2026, 3, 2)})


def test_the_number_of_a_step_cannot_be_hidden():
    case = {name: value for name, value in CASE.items() if name != "number"}
    with pytest.raises(UnknownField):
        bundle(case=case, redact={"number"})


def test_the_form_has_not_changed(monkeypatch):
    """The same content gives the same bytes on every machine and version: else old bundles would not hold."""
    salts = iter(range(1, 1000))
    monkeypatch.setattr("secrets.token_hex", lambda size: f"{next(salts):064x}")
    raw = bundle(steps=chained(FIELDS))
    assert sha256(raw).hexdigest() == "e3b90846d40228e53b968149a132188158c12134ffc78893ab50842efde41bbd"


def test_a_matter_without_a_step_is_a_bundle_too():
    assert verify(bundle(steps=[], photos=[])).ok
    assert KEY.public_key().public_bytes_raw() == PUBLIC
