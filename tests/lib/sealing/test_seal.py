"""Sealed fields open with the right key only."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.lib import sealing
from wangge.lib.sealing import (
    BrokenSeal,
    SealingError,
    SoftwareProvider,
    UnknownKey,
    seal,
    seal_many,
    unseal,
    unseal_many,
)

ONE, TWO = "1:" + "11" * 32, "2:" + "22" * 32
NUMBER = "999703199001010017"


@pytest.fixture(params=["aes", "sm4"])
def cipher(request, settings):
    settings.FIELD_KEYS, settings.FIELD_CIPHER = ONE, request.param
    return request.param


def test_what_was_sealed_opens_and_shows_nothing(cipher):
    sealed = seal(NUMBER)
    assert sealed.startswith({"aes": "v1.a.", "sm4": "v1.s."}[cipher])
    assert NUMBER not in sealed and "=" not in sealed
    assert unseal(sealed) == NUMBER


def test_the_same_text_never_looks_the_same_twice(cipher):
    assert len(set(seal_many([NUMBER] * 50))) == 50


@given(st.lists(st.none() | st.text()))
def test_columns_come_back_and_empty_stays_empty(texts):
    sealed = seal_many(texts)
    assert unseal_many(sealed) == [text or "" for text in texts]
    assert all(bool(value) == bool(text) for value, text in zip(sealed, texts, strict=True))


def test_a_value_opens_only_as_the_field_it_was_sealed_for(cipher):
    sealed = seal(NUMBER, "person.id_no")
    assert unseal(sealed, "person.id_no") == NUMBER
    with pytest.raises(BrokenSeal):
        unseal(sealed, "person.phone")


def test_an_altered_value_does_not_open(cipher):
    sealed = seal(NUMBER)
    swapped = sealed[:-5] + ("A" if sealed[-5] != "A" else "B") + sealed[-4:]
    for broken in (swapped, sealed[:20], "v1.a.", "v1.z.AAAA", "nonsense", "vx.a.AAAA"):
        with pytest.raises(BrokenSeal):
            unseal(broken)


def test_another_key_under_the_same_number_is_refused_without_repeating_anything(cipher, settings):
    sealed = seal(NUMBER)
    settings.FIELD_KEYS = "1:" + "33" * 32
    with pytest.raises(BrokenSeal) as refusal:
        unseal(sealed)
    assert NUMBER not in str(refusal.value) and "33" * 32 not in str(refusal.value)


def test_a_key_that_is_gone_is_named(cipher, settings):
    sealed = seal(NUMBER)
    settings.FIELD_KEYS = TWO
    with pytest.raises(UnknownKey, match=r"key 1.*holds 2"):
        unseal(sealed)


@pytest.mark.parametrize("setting", ["", "1:short", "1:" + "zz" * 32, f"{ONE},{ONE}", "11" * 32])
def test_a_malformed_key_ring_is_refused_without_repeating_the_key(setting):
    with pytest.raises(SealingError) as refusal:
        SoftwareProvider(setting, "aes")
    assert "11" * 32 not in str(refusal.value)


def test_an_unknown_cipher_is_refused():
    with pytest.raises(SealingError, match="aes or sm4"):
        SoftwareProvider(ONE, "rot13")


def test_both_families_may_stand_in_one_column(settings):
    settings.FIELD_KEYS, settings.FIELD_CIPHER = ONE, "sm4"
    old = seal(NUMBER)
    settings.FIELD_CIPHER = "aes"
    assert unseal_many([old, seal(NUMBER)]) == [NUMBER, NUMBER]


class Vault(SoftwareProvider):
    """Stands for an HSM."""

    def unseal_many(self, sealed, field=""):
        return ["from the vault" for _ in sealed]


def test_the_settings_may_name_another_provider(settings):
    settings.FIELD_PROVIDER = f"{Vault.__module__}.Vault"
    assert isinstance(sealing.provider(), SoftwareProvider)
    assert unseal("anything") == "from the vault"


def test_a_value_costs_a_few_microseconds(settings):
    """Four times the aim of 3 µs, so that only a lost bulk path fails it."""
    settings.FIELD_KEYS, settings.FIELD_CIPHER = ONE, "aes"
    texts = [f"9997031990010{row:05d}" for row in range(20_000)]
    for many in (seal_many, sealing.blind_many):
        start = time.perf_counter()
        many(texts)
        assert (time.perf_counter() - start) / len(texts) < 12e-6
