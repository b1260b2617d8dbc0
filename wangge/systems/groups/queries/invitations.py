"""What an invitation opens."""

from __future__ import annotations

from django.utils import timezone

from wangge.lib.signing import BadToken, Token, read, sign

from ..enums import GroupState
from ..models import Group, Invitation

KIND = "G"


def token_of(invitation: Invitation) -> str:
    """The text a link or a QR code carries."""
    return sign(Token(KIND, invitation.pk, 1, invitation.ends_at))


def opened_by(text: str) -> Invitation | None:
    """The invitation this token opens now; None where it is no token, over, used up or taken back.

    The signature is checked first, so guessing numbers finds nothing. The caller sets the reach.
    """
    try:
        token = read(text)
    except BadToken:
        return None
    if token.kind != KIND:
        return None
    found = Invitation.objects.select_related("group").filter(pk=token.number).first()
    if found is None or not found.open_at(timezone.now()) or found.group.state != GroupState.ACTIVE:
        return None
    return found


def current(group: Group) -> Invitation | None:
    """The invitation that lets people in now."""
    newest = group.invitations.filter(revoked_at=None).order_by("-pk").first()
    return newest if newest is not None and newest.open_at(timezone.now()) else None
