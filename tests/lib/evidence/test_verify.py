"""Whatever is done to a bundle after it was signed is found, and named."""

import json
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.evidence.bundle_cast import (
    CASE,
    DIGESTS,
    FIELDS,
    PUBLIC,
    bundle,
    chained,
    content_of,
    matters,
    patient,
    spoiled,
)  # fmt: skip
from wangge.lib.evidence import canonical, fingerprint, redact, verify
from wangge.lib.evidence.words import NOT_PROVEN, UNUSABLE

WHOLE = bundle()
HIDDEN = redact(WHOLE, {"actor", "reporter"})
STEP = "steps/000{}.json".format
FIRST = f"photos/{DIGESTS[0]}.jpg"


def codes(raw: bytes) -> list[str]:
    return [problem.code for problem in verify(raw).problems]


@patient
@given(matters())
def test_every_matter_is_proven(matter):
    report = verify(matter[0])
    assert report.ok and report.usable and report.facts.key == fingerprint(PUBLIC)


def test_what_a_bundle_says_of_itself(tmp_path):
    file = tmp_path / "bundle.zip"
    file.write_bytes(WHOLE)
    for given_as in (WHOLE, file, BytesIO(WHOLE)):
        facts = verify(given_as).facts
        assert (facts.case, facts.steps, facts.photos, facts.hidden) == (CASE["number"], 4, 2, {})
    assert facts.head == json.loads(content_of(WHOLE)["manifest.json"])["steps"][-1]


@settings(patient, max_examples=200)
@given(st.sampled_from([WHOLE, HIDDEN]), st.data())
def test_any_flipped_bit_of_any_file_is_found(raw, data):
    name = data.draw(st.sampled_from(sorted(content_of(raw))))

    def flip(files):
        changed = bytearray(files[name])
        changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        files[name] = bytes(changed)

    assert not verify(spoiled(raw, flip)).ok


@settings(patient, max_examples=200)
@given(st.sampled_from([WHOLE, HIDDEN]), st.data())
def test_any_flipped_bit_of_the_zip_itself_is_found(raw, data):
    changed = bytearray(raw)
    changed[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert not verify(bytes(changed)).ok


@patient
@given(
    st.sampled_from([WHOLE, HIDDEN]),
    st.lists(st.integers(1, 4), max_size=6),
    st.booleans(),
    st.integers(1, 5),
)
def test_any_other_choice_or_order_of_steps_is_found(raw, order, renumbered, first):
    """Whether or not the numbers in them are made to fit."""
    files = content_of(raw)

    def reorder(kept):
        for number in (1, 2, 3, 4):
            kept.pop(STEP(number))
        for place, number in enumerate(order, first):
            told = json.loads(files[STEP(number)])
            kept[STEP(place)] = canonical(told | ({"number": place} if renumbered else {}))

    report = verify(spoiled(raw, reorder))
    assert report.ok == (order == [1, 2, 3, 4] and first == 1)
    assert report.ok or {"step_missing", "step_added", "step_moved", "step_changed"} & {
        problem.code for problem in report.problems
    }


@patient
@given(st.sampled_from(sorted(content_of(WHOLE))))
def test_any_file_that_is_gone_is_missed(name):
    assert codes(spoiled(WHOLE, lambda files: files.pop(name)))


@patient
@given(st.integers(1, len(WHOLE) - 1))
def test_a_bundle_cut_off_anywhere_is_unusable(length):
    report = verify(WHOLE[:length])
    assert not report.ok and not report.usable


def swap(files, one, two):
    files[one], files[two] = files[two], files[one]


def renumber(files):
    """Exchanges two steps and their numbers, as somebody would who read how it is made."""
    swap(files, STEP(2), STEP(3))
    for number in (2, 3):
        files[STEP(number)] = canonical(json.loads(files[STEP(number)]) | {"number": number})


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda files: files.pop(STEP(2)), [("step_missing", 2)]),
        (lambda files: files.pop(STEP(4)), [("step_missing", 4)]),
        (lambda files: swap(files, STEP(2), STEP(3)), [("step_moved", 2), ("step_moved", 3)]),
        (renumber, [("step_changed", 2), ("step_changed", 3)]),
        (lambda files: files.update({STEP(2): files[STEP(1)]}), [("step_moved", 2)]),
        (lambda files: files.update({STEP(5): files[STEP(1)]}), [("step_added", 5)]),
        (lambda files: files.update({"steps/00001.json": files[STEP(1)]}), [("step_added", 1)]),
        (lambda files: files.update({STEP(3): files[STEP(3)].replace("复查".encode(), "已查".encode())}),
         [("step_changed", 3)]),
    ],
)  # fmt: skip
def test_steps_dropped_moved_doubled_added_and_changed_are_named(change, found):
    problems = verify(spoiled(WHOLE, change)).problems
    assert [(problem.code, problem.details["number"]) for problem in problems] == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda files: files.pop(FIRST), ["photo_missing"]),
        (lambda files: files.update({FIRST: b"another"}), ["photo_changed"]),
        (lambda files: files.update({f"photos/{'0' * 64}.jpg": b"one more"}), ["photo_added"]),
        (lambda files: swap(files, FIRST, f"photos/{DIGESTS[1]}.jpg"), ["photo_changed", "photo_changed"]),
        (lambda files: files.update({f"{FIRST}x": files.pop(FIRST)}), ["photo_missing", "photo_added"]),
        (lambda files: files.update({"case.json": files["case.json"].replace(b"general", b"x")}), ["case"]),
        (lambda files: files.update({"README.txt": b""}), ["readme"]),
        (lambda files: files.update({"signature.json": b"{}"}), ["signature_file"]),
        (lambda files: files.update({"notes.txt": b""}), ["foreign"]),
        (lambda files: files.pop("signature.json"), ["missing"]),
        (lambda files: files.pop("case.json"), ["missing"]),
    ],
)  # fmt: skip
def test_photos_case_and_the_rest_are_named(change, found):
    report = verify(spoiled(WHOLE, change))
    assert [problem.code for problem in report.problems] == found and report.usable


def test_parts_of_another_bundle_of_the_same_office_do_not_fit():
    other = content_of(bundle(steps=chained(FIELDS)))
    for name in ("case.json", STEP(1), STEP(3), "manifest.json"):
        assert codes(spoiled(WHOLE, lambda files, name=name: files.update({name: other[name]})))


def test_a_bundle_signed_by_somebody_else_is_found_with_the_fingerprint():
    stranger = Ed25519PrivateKey.from_private_bytes(b"\x33" * 32)
    forged = bundle(sign=stranger.sign, public=stranger.public_key().public_bytes_raw())
    known = fingerprint(PUBLIC)
    assert [problem.code for problem in verify(forged, known).problems] == ["foreign_key"]
    assert verify(WHOLE, known).ok
    spaced = " ".join(known.upper()[at : at + 4] for at in range(0, 64, 4))
    assert verify(WHOLE, spaced).ok and verify(WHOLE, spaced).facts.key_compared
    assert not verify(WHOLE, known[:16]).ok


def test_without_a_fingerprint_it_says_what_that_means():
    assert [note.code for note in verify(WHOLE).notes] == ["key_not_compared"]
    assert verify(WHOLE, fingerprint(PUBLIC)).notes == []


def test_a_key_put_in_place_of_the_signers_does_not_fit():
    stranger = Ed25519PrivateKey.from_private_bytes(b"\x33" * 32).public_key().public_bytes_raw()
    change = lambda files: files.update(  # noqa: E731
        {"signature.json": files["signature.json"].replace(PUBLIC.hex().encode(), stranger.hex().encode())}
    )
    assert codes(spoiled(WHOLE, change)) == ["signature"]


def test_every_finding_has_words_in_both_languages():
    details = {"file": "x", "number": 1, "mib": 1, "most": 1}
    for code, words in (UNUSABLE | NOT_PROVEN).items():
        chinese = str(words) % details
        with translation.override("en"):
            assert str(words) % details != chinese, code
