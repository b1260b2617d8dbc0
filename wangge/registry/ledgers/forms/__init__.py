"""What people fill in on the ledger pages, checked at the door."""

from .dates import DatesForm
from .exports import ExportForm
from .filters import FilterForm
from .uploads import UploadForm

__all__ = ["DatesForm", "ExportForm", "FilterForm", "UploadForm"]
