"""What was sent, read and checked; nothing here asks the database."""

from .payload import Report, read
from .refusals import Refused, TooMany

__all__ = ["Refused", "Report", "TooMany", "read"]
