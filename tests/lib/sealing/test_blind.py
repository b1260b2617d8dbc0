"""The blind index finds equal values and tells nothing else."""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.lib.sealing import SoftwareProvider, UnknownKey, blind, blind_many

ONE, TWO = "1:" + "11" * 32, "2:" + "22" * 32


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@given(text=st.text(min_size=1))
def test_equal_texts_have_equal_indexes_of_22_url_safe_characters(cipher, text):
    vault = SoftwareProvider(ONE, cipher)
    one, other = vault.blind_many([text, text])
    assert one == other and re.fullmatch(r"[\w-]{22}", one, re.ASCII)


def test_other_texts_fields_keys_and_families_have_other_indexes():
    vault = SoftwareProvider(ONE, "aes")
    indexes = [
        *vault.blind_many(["10012345678", "10012345679"]),
        *vault.blind_many(["10012345678"], "phone"),
        *SoftwareProvider(TWO, "aes").blind_many(["10012345678"]),
        *SoftwareProvider(ONE, "sm4").blind_many(["10012345678"]),
    ]
    assert len(set(indexes)) == 5


def test_the_index_is_hmac_sha_256_cut_to_128_bits():
    vault = SoftwareProvider(ONE, "aes")
    key = vault.ring.derive(1, "index a")
    expected = urlsafe_b64encode(hmac.digest(key, "甲".encode(), hashlib.sha256)[:16]).decode().rstrip("=")
    assert vault.blind_many(["甲"]) == [expected]


def test_the_index_is_hmac_sm3_in_the_chinese_family():
    # GB/T 32905 example 1 proves the hash behind it: SM3("abc").
    from cryptography.hazmat.primitives.hashes import SM3, Hash

    digest = Hash(SM3())
    digest.update(b"abc")
    assert digest.finalize().hex().startswith("66c7f0f462eeedd9")
    assert len(SoftwareProvider(ONE, "sm4").blind_many(["甲"])[0]) == 22


def test_empty_and_none_have_no_index():
    assert blind_many(["", None]) == ["", ""]
    assert blind("") == ""


def test_a_new_sealing_key_leaves_the_index_as_it_was(settings):
    settings.FIELD_KEYS = ONE
    before = blind("10012345678")
    settings.FIELD_KEYS = f"{ONE},{TWO}"
    assert blind("10012345678") == before


def test_the_index_of_a_key_that_is_not_there_is_refused(settings):
    settings.FIELD_KEYS = ONE
    with pytest.raises(UnknownKey, match="7"):
        blind_many(["甲"], key_id=7)
