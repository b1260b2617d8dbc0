"""Cases on a map: clusters for a box and a zoom, what lies in one, how many in each area."""

from .areas import AreaLine, by_grid, lines_by_area
from .clusters import Box, Cluster, clusters, inside

__all__ = ["AreaLine", "Box", "Cluster", "by_grid", "clusters", "inside", "lines_by_area"]
