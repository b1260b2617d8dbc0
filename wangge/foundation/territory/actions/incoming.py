"""Reading a GeoJSON file as it comes, whatever is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _

from wangge.foundation.territory.actions.faults import Fault
from wangge.lib.coordinates import SYSTEMS, to_wgs84

_WGS84 = ("CRS84", "4326", "4490", "WGS84", "WGS 84")  # CGCS2000 (4490) differs by centimetres
_MOST_BYTES = 64 * 1024 * 1024
_CODE_KEYS = ("code", "grid_code", "网格编码", "网格代码", "代码")
Shapes = dict[str, shapely.Geometry]


def read_features(source: str | bytes | Mapping[str, Any], system: str) -> tuple[Shapes, list[Fault]]:
    """The shapes of a feature collection by code, in WGS-84, and what is wrong with the file.

    Args:
        system: the coordinates' system: wgs84, gcj02 or bd09.
    """
    if system not in SYSTEMS:
        return {}, [Fault.file("system", _("不认识坐标系 %(system)s。") % {"system": system})]
    content = _parsed(source)
    if isinstance(content, Fault):
        return {}, [content]
    shapes: Shapes = {}
    faults: list[Fault] = []
    for feature in content["features"]:
        code, shape = _one(feature)
        if code in shapes:
            faults.append(Fault.twice(code))
        shapes[code] = shape if system == "wgs84" else _converted(shape, system)
    if not shapes:
        faults.append(Fault.file("empty", _("文件里没有任何图形。")))
    return shapes, faults


def _parsed(source: str | bytes | Mapping[str, Any]) -> Mapping[str, Any] | Fault:
    if isinstance(source, Mapping):
        content: Any = source
    elif len(source) > _MOST_BYTES:
        return Fault.file("too_large", _("文件超过 64 MB；请按镇街分开导入。"))
    else:
        try:
            content = json.loads(source)
        except (ValueError, RecursionError):
            return Fault.file("not_json", _("文件不是有效的 GeoJSON（无法解析）；请重新导出后再试。"))
    if not isinstance(content, Mapping) or not isinstance(content.get("features"), list):
        return Fault.file("not_a_collection", _("文件应是 GeoJSON 的 FeatureCollection。"))
    named = _crs_name(content)
    if named and not any(known in named for known in _WGS84):
        text = _("文件声明的坐标系是 %(crs)s；请先转换为 WGS-84 经纬度。") % {"crs": named[:60]}
        return Fault.file("crs", text)
    return content


def _crs_name(content: Mapping[str, Any]) -> str:
    crs = content.get("crs")
    if not isinstance(crs, Mapping):
        return str(crs or "")
    properties = crs.get("properties")
    return str(properties.get("name", "")) if isinstance(properties, Mapping) else str(crs)


def _one(feature: Any) -> tuple[str, shapely.Geometry]:
    """Code and shape of a feature; an unreadable shape comes as an empty one, to be refused later."""
    feature = feature if isinstance(feature, Mapping) else {}
    properties = feature.get("properties")
    properties = properties if isinstance(properties, Mapping) else {}
    code = next((str(properties[key]).strip() for key in _CODE_KEYS if properties.get(key)), "")
    try:
        shape = shapely.from_geojson(json.dumps(feature.get("geometry")))
    except (shapely.errors.GEOSException, ValueError, TypeError):
        shape = None
    return code, shapely.Polygon() if shape is None else shapely.force_2d(shape)


def _converted(shape: shapely.Geometry, system: str) -> shapely.Geometry:
    """Every vertex converted by itself, so that neighbours still share theirs."""
    if shape.is_empty or not np.isfinite(shapely.get_coordinates(shape)).all():
        return shape
    return shapely.transform(shape, lambda points: np.array(to_wgs84(points.tolist(), system)))
