// Maps: an element with data-map gets one (maplibre-gl is loaded only then).
