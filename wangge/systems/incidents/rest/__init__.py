"""Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2), which other programs already speak."""

from .answering import catalogue
from .asking import one, updates
from .posting import requests_

__all__ = ["catalogue", "one", "requests_", "updates"]
