"""Rotation: a new key takes over, the index moves only on purpose, the first key can go."""

from wangge.lib.sealing import blind, blind_many, is_current, reindex, reseal, reseal_many, seal, unseal

ONE, TWO = "1:" + "11" * 32, "2:" + "22" * 32


def test_resealing_uses_the_newest_key_and_leaves_what_is_current(settings):
    settings.FIELD_KEYS, settings.FIELD_CIPHER = ONE, "aes"
    old = seal("甲", "name")
    settings.FIELD_KEYS = f"{ONE},{TWO}"
    current = seal("乙", "name")
    assert (is_current(old), is_current(current), is_current("")) == (False, True, True)
    fresh = reseal_many([old, current, ""], "name")
    assert fresh[0].startswith("v2.a.") and fresh[1:] == [current, ""]
    assert unseal(fresh[0], "name") == "甲"


def test_resealing_changes_the_cipher_family_too(settings):
    settings.FIELD_KEYS, settings.FIELD_CIPHER = ONE, "aes"
    old = seal("甲")
    settings.FIELD_CIPHER = "sm4"
    assert reseal(old).startswith("v1.s.") and unseal(reseal(old)) == "甲"


def test_after_reseal_and_reindex_the_first_key_can_be_dropped(settings):
    settings.FIELD_KEYS, settings.FIELD_CIPHER = ONE, "aes"
    sealed, index = seal("甲"), blind("甲")
    settings.FIELD_KEYS = f"{ONE},{TWO}"
    sealed = reseal(sealed)
    moved = reindex([sealed, ""], key_id=2)
    assert blind("甲") == index != moved[0] and moved[1] == ""
    settings.FIELD_KEYS = TWO
    assert blind_many(["甲", None]) == moved
    assert unseal(sealed) == "甲"
