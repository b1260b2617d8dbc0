"""The example forms that come with the field work, as workbooks."""

from .forms import PACK, PackForm, pack_forms

__all__ = ["PACK", "PackForm", "pack_forms"]
