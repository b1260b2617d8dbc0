"""The collector rests while a long import works, and works again afterwards."""

import gc

import pytest

from wangge.lib.garbage import kept


def test_it_rests_in_the_block_and_works_again_even_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), kept():
        assert not gc.isenabled()
        raise ValueError("x")
    assert gc.isenabled()


def test_a_block_inside_another_does_not_wake_it() -> None:
    with kept():
        with kept():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
