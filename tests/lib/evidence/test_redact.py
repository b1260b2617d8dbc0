"""A hidden name is gone from the bundle, and the bundle still is what was signed."""

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lib.evidence.bundle_cast import (
    CASE,
    FIELDS,
    PUBLIC,
    REPORTER,
    WORKER,
    bundle,
    chained,
    content_of,
    matters,
    patient,
    spoiled,
)
from wangge.lib.evidence import NotProven, UnknownField, canonical, echoes, fingerprint, redact, verify
from wangge.lib.evidence.commitments import START, commitment

WHOLE = bundle()
NAMES = {"actor", "reporter"}
RUINS = [b"", WHOLE[:-1], WHOLE.replace(b"general", b"generel")]


def records(raw: bytes) -> list[dict]:
    files = content_of(raw)
    return [
        json.loads(files[name])["fields"] for name in files if name[:4] in ("case", "step") and "s" in name
    ]


@patient
@given(matters(), st.data())
def test_the_proof_holds_whatever_is_hidden_and_value_and_salt_are_gone(matter, data):
    raw, names = matter
    hide = set(data.draw(st.lists(st.sampled_from(names)))) if names else set()
    redacted = redact(raw, hide)
    report = verify(redacted, fingerprint(PUBLIC))
    assert report.ok
    assert {name for shut in report.facts.hidden.values() for name in shut} == hide
    for before, after in zip(records(raw), records(redacted), strict=True):
        for name in before:
            if name in hide:
                assert after[name].keys() == {"commitment"}
                assert before[name]["salt"].encode() not in redacted
            else:
                assert after[name] == before[name]


@pytest.mark.parametrize("made", [redact(WHOLE, NAMES), bundle(redact=NAMES)], ids=["later", "at once"])
def test_neither_names_nor_their_salts_are_in_the_bytes(made):
    assert verify(made).ok
    for name in (REPORTER, WORKER):
        for spelled in (name, json.dumps(name)[1:-1]):
            assert spelled.encode() in WHOLE or "\\u" in spelled
            assert spelled.encode() not in made
        assert name.encode("utf-16-le") not in made and name.encode("gb18030") not in made
    hidden = [entry for entries in records(WHOLE) for name, entry in entries.items() if name in NAMES]
    assert len(hidden) == 5 and not any(entry["salt"].encode() in made for entry in hidden)
    assert not any(bytes.fromhex(entry["salt"]) in made for entry in hidden)


def test_a_name_cannot_be_found_by_trying_names_with_every_salt_that_is_left():
    made = redact(WHOLE, NAMES)
    left = {entry["salt"] for entries in records(made) for entry in entries.values() if "salt" in entry}
    hidden = {
        entry["commitment"] for entries in records(made) for entry in entries.values() if "salt" not in entry
    }
    tried = product([*left, START], NAMES, [REPORTER, WORKER, "street"])
    assert len(hidden) == 5 and not any(commitment(*one) in hidden for one in tried)


def test_one_person_at_two_steps_looks_like_two():
    shut = [entries["actor"]["commitment"] for entries in records(redact(WHOLE, NAMES)) if "actor" in entries]
    assert len(set(shut)) == 4


def test_a_hidden_field_cannot_be_renamed_dropped_or_exchanged():
    made = redact(WHOLE, NAMES)
    name = "steps/0001.json"

    def change(work):
        def spoil(files):
            told = json.loads(files[name])
            work(told["fields"])
            files[name] = canonical(told)

        return [problem.code for problem in verify(spoiled(made, spoil)).problems]

    other = records(made)[2]["actor"]
    assert change(lambda fields: fields.update(author=fields.pop("actor"))) == ["step_changed"]
    assert change(lambda fields: fields.pop("actor")) == ["step_changed"]
    assert change(lambda fields: fields.update(actor=other)) == ["step_changed"]
    assert change(lambda fields: fields.update(actor={"salt": START, "value": WORKER})) == ["step_changed"]
    assert change(lambda fields: fields["actor"].update(value=WORKER)) == ["step_changed"]


def test_hiding_twice_is_hiding_both():
    assert redact(redact(WHOLE, {"actor"}), {"reporter", "actor"}) == redact(WHOLE, NAMES)
    assert redact(WHOLE, set()) == WHOLE


def test_what_is_signed_stays_as_it_is():
    before, after = content_of(WHOLE), content_of(redact(WHOLE, NAMES))
    same = {"README.txt", "manifest.json", "signature.json"} | {name for name in before if name[0] == "p"}
    assert all(before[name] == after[name] for name in same)


def test_a_name_that_no_field_has_is_refused():
    with pytest.raises(UnknownField):
        redact(WHOLE, {"repórter"})


@pytest.mark.parametrize("raw", RUINS, ids=["nothing", "cut off", "changed"])
def test_a_bundle_that_does_not_hold_is_not_redacted(raw):
    with pytest.raises(NotProven) as refused:
        redact(raw, {"actor"})
    assert refused.value.report.problems


def test_the_same_words_in_another_field_are_pointed_out():
    steps = chained([*FIELDS[:3], FIELDS[3] | {"words": f"{REPORTER}说满意"}])
    raw = bundle(steps=steps, case=CASE | {"data": {"who": [{"name": WORKER}]}})
    assert echoes(raw, NAMES) == [("case.json", "data"), ("steps/0004.json", "words")]
    assert echoes(WHOLE, NAMES) == []
    assert echoes(redact(raw, NAMES), NAMES) == []  # nothing is known of what is hidden already
