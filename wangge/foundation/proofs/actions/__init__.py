"""Writes: send a code, check a code."""

from .check import check_code
from .send import send_code, send_waiting

__all__ = ["check_code", "send_code", "send_waiting"]
