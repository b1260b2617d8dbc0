"""What people type into the pages of groups, checked at the door."""

from .console import DraftForm, FilterForm, LinkForm, MatchForm
from .door import (
    CodeForm,
    DissolveForm,
    GroupForm,
    InviteForm,
    JoinForm,
    LeaveForm,
    ListForm,
    PhoneForm,
    ReasonForm,
    RuleForm,
    SuccessorForm,
    ValuesForm,
    values_in,
)
from .fields import posted

__all__ = [
    "CodeForm",
    "DissolveForm",
    "DraftForm",
    "FilterForm",
    "GroupForm",
    "InviteForm",
    "JoinForm",
    "LeaveForm",
    "LinkForm",
    "ListForm",
    "MatchForm",
    "PhoneForm",
    "ReasonForm",
    "RuleForm",
    "SuccessorForm",
    "ValuesForm",
    "posted",
    "values_in",
]
