"""An official's workbook → a form, or what is wrong in which cell."""

from .convert import Checked, Question, check, check_all
from .faults import Fault
from .looking import UNASKED
from .words import OWN, Words

__all__ = ["OWN", "UNASKED", "Checked", "Fault", "Question", "Words", "check", "check_all"]
