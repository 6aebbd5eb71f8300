"""`map.gpkg` of a run: its zones, schools, redirects and notices as styled map layers."""

from __future__ import annotations

from enroll.report.layers.contents import Layer, map_layers
from enroll.report.layers.geopackage import LAYER_NAMES, geopackage
from enroll.report.layers.outlines import zone_shapes

__all__ = ["LAYER_NAMES", "Layer", "geopackage", "map_layers", "zone_shapes"]
