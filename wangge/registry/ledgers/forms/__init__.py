"""What people fill in on the ledger pages, checked at the door."""

from .filters import FilterForm
from .exports import ExportForm
from .uploads import UploadForm

__all__ = ["ExportForm", "FilterForm", "UploadForm"]
