"""Where a phone is when the group arrives."""

from __future__ import annotations

from django import forms


class ArrivalForm(forms.Form):
    """Longitude and latitude, both or neither."""

    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)

    def place(self) -> tuple[float, float] | None:
        """What the phone said; what cannot be is left out."""
        self.is_valid()
        lon, lat = self.cleaned_data.get("lon"), self.cleaned_data.get("lat")
        return (lon, lat) if lon is not None and lat is not None else None
