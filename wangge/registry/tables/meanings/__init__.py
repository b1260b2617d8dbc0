"""What a column of a table may mean, and what that says of a person, household, room, building or firm."""

from .meaning import Meaning, named, parse
from .subject import Household, Organisation, Place, Subject, Who

__all__ = ["Household", "Meaning", "Organisation", "Place", "Subject", "Who", "named", "parse"]
