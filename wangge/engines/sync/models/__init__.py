"""Phones, and what they sent."""

from .operation import Operation
from .phone import Phone

__all__ = ["Operation", "Phone"]
