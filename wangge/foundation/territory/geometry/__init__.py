"""Pure geometry of grids: Shapely and NumPy, no models and no database."""
