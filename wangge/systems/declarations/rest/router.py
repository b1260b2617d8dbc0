"""The one router of declarations: both doors share an address."""

from ninja import Router

router = Router(tags=["报备 declarations"])
