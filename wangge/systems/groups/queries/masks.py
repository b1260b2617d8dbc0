"""What is shown of a member where the full name is not needed."""

from __future__ import annotations

from wangge.lib.masking import mask_name

from ..models import Member


def masked_name(member: Member) -> str:
    """The name as a file or a stranger's page shows it."""
    return mask_name(member.name)
