"""WGS-84 inside; GCJ-02 (AMap, Tencent) and BD-09 (Baidu) only at the edges.

The obfuscations and their inverses come from ``prcoords``; the inverse is iterated until it
stands still, so a round trip keeps well under a centimetre. Points are (longitude, latitude)
in degrees, the order GeoJSON uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import prcoords

Point = tuple[float, float]
SYSTEMS = ("wgs84", "gcj02", "bd09")
PRECISION = 1e-8  # degrees, about a millimetre
ROUNDS = 12


def _gcj(lat: float, lon: float) -> prcoords.Coords:
    return prcoords.wgs_gcj((lat, lon), check_china=False)


def _bd(lat: float, lon: float) -> prcoords.Coords:
    return prcoords.wgs_bd((lat, lon), check_china=False)


FORWARD: dict[str, Callable[[float, float], prcoords.Coords]] = {"gcj02": _gcj, "bd09": _bd}


def in_china(point: Point) -> bool:
    """Whether the obfuscation applies; outside this box maps use plain WGS-84."""
    lon, lat = point
    return bool(prcoords.sanity_in_china_p(prcoords.Coords(lat, lon)))


def _inverse(forward: Callable[[float, float], prcoords.Coords], point: Point) -> Point:
    lon, lat = point
    goal_lon, goal_lat = point
    for _ in range(ROUNDS):
        shifted = forward(lat, lon)
        off_lat, off_lon = shifted.lat - goal_lat, shifted.lon - goal_lon
        lat, lon = lat - off_lat, lon - off_lon
        if abs(off_lat) < PRECISION and abs(off_lon) < PRECISION:
            break
    return lon, lat


def _check(system: str) -> None:
    if system not in SYSTEMS:
        raise ValueError(f"unknown coordinate system {system!r}; known are {', '.join(SYSTEMS)}")


def to_wgs84(points: Iterable[Point], source: str) -> list[Point]:
    """Convert points as another system gave them to WGS-84.

    Args:
        points: (longitude, latitude) in degrees.
        source: "wgs84", "gcj02" or "bd09".

    Raises:
        ValueError: the system is unknown.
    """
    _check(source)
    if source == "wgs84":
        return [(lon, lat) for lon, lat in points]
    forward = FORWARD[source]
    return [_inverse(forward, point) if in_china(point) else point for point in points]


def from_wgs84(points: Iterable[Point], target: str) -> list[Point]:
    """Convert WGS-84 points to what a map of the target system expects.

    Args and raises as in ``to_wgs84``.
    """
    _check(target)
    if target == "wgs84":
        return [(lon, lat) for lon, lat in points]
    forward = FORWARD[target]
    converted = []
    for point in points:
        if in_china(point):
            shifted = forward(point[1], point[0])
            converted.append((shifted.lon, shifted.lat))
        else:
            converted.append(point)
    return converted
