"""A visit is recorded once, whatever it says becomes facts, and what it leaves open is said."""

from .found import person_found, person_left
from .record import Recorded, record_visit
from .settle import settle_visits

__all__ = ["Recorded", "person_found", "person_left", "record_visit", "settle_visits"]
