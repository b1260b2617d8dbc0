"""What people fill in on the pages of tables, checked at the door."""

from .asking import AskForm, ConditionsForm
from .filling import FillForm

__all__ = ["AskForm", "ConditionsForm", "FillForm"]
