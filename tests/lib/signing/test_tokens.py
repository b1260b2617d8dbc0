"""A token says what it is to whoever has the public key, and nothing can be altered in it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.lib.signing import BadToken, Ed25519Provider, Token, provider, public_keys, read, sign

TOKENS = st.builds(
    Token,
    kind=st.sampled_from("CRGV"),
    number=st.integers(0, 2**48 - 1),
    round=st.integers(0, 255),
    ends=st.none()
    | st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
        lambda moment: moment.replace(minute=0, second=0, microsecond=0)
    ),
)


@given(TOKENS)
def test_what_was_signed_is_read(token):
    assert read(sign(token)) == token


@given(TOKENS, st.integers(0, 78), st.integers(0, 7))
def test_any_changed_bit_is_found(token, byte, bit):
    from base64 import b32decode, b32encode

    text = sign(token)
    raw = bytearray(b32decode(text + "=" * (-len(text) % 8)))
    raw[byte % len(raw)] ^= 1 << bit
    with pytest.raises(BadToken):
        read(b32encode(bytes(raw)).decode().rstrip("="))


def test_a_token_is_short_and_fits_the_dense_mode_of_a_code():
    text = sign(Token("C", 2**48 - 1, 255))
    assert len(text) <= 128
    assert text.isalnum() and text.isupper()


@pytest.mark.parametrize("text", ["", "A", "你好", "1" * 50, "A" * 500, "😀", "AAAA====", "A" * 120])
def test_nonsense_is_refused(text):
    with pytest.raises(BadToken):
        read(text)


def test_an_old_key_still_reads_and_the_newest_signs():
    old = Ed25519Provider("1:" + "11" * 32)
    both = Ed25519Provider("1:" + "11" * 32 + ",2:" + "22" * 32)
    assert both.current == 2
    assert both.verify(1, b"body", old.sign(1, b"body"))
    assert not old.verify(2, b"body", both.sign(2, b"body"))


def test_public_keys_are_told_and_private_ones_are_not():
    assert list(public_keys()) == [provider().current]
    assert len(public_keys()[provider().current]) == 64


def test_an_end_beyond_the_calendar_is_no_token():
    from base64 import b32decode, b32encode

    text = sign(Token("C", 1, 1))
    raw = bytearray(b32decode(text + "=" * (-len(text) % 8)))
    raw[10:14] = b"\xff" * 4
    with pytest.raises(BadToken):
        read(b32encode(bytes(raw)).decode().rstrip("="))
