"""Open the layers of a map in QGIS and tell what it made of them, as JSON.

Run by the Python that QGIS belongs to: `python3 qgis_program.py MAP.gpkg PICTURE.png`.
"""

import json
import os
import sys

from qgis.core import (
    QgsApplication,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize


def told(layer):
    """Return how a layer is drawn and what its columns are called."""
    renderer, fields = layer.renderer(), layer.fields()
    context = QgsRenderContext()
    renderer.startRender(context, fields)
    unmatched = sum(
        not renderer.symbolsForFeature(feature, context) for feature in layer.getFeatures()
    )
    renderer.stopRender(context)
    categories = renderer.categories() if renderer.type() == "categorizedSymbol" else []
    return {
        "valid": layer.isValid(),
        "rows": layer.featureCount(),
        "places": sum(feature.hasGeometry() for feature in layer.getFeatures()),
        "crs": layer.crs().authid(),
        "renderer": renderer.type(),
        "column": renderer.classAttribute() if categories else "",
        "categories": {each.value(): each.label() for each in categories},
        "unmatched": unmatched,
        "colours": sorted({each.color().name() for each in renderer.symbols(context)}),
        "labels": layer.labeling().settings().fieldName if layer.labelsEnabled() else "",
        "names_drawn": names_drawn(layer),
        "aliases": {name: layer.attributeDisplayName(at) for at, name in enumerate(fields.names())},
    }


def names_drawn(*layers):
    """Return how many names of some layers find room on a map of their own."""
    job = QgsMapRendererSequentialJob(picture_of(layers))
    job.start()
    job.waitForFinished()
    return len(job.takeLabelingResults().allLabels()) if layers[0].labelsEnabled() else 0


def picture_of(layers):
    """Return the settings of a picture of layers, the first lowest."""
    settings = QgsMapSettings()
    settings.setLayers(list(reversed(layers)))
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(layers[0].extent().buffered(0.02))
    settings.setOutputSize(QSize(900, 700))
    return settings


def main(path, picture):
    """Load every layer as QGIS does when a user drags the file in, and draw them."""
    application = QgsApplication([], False)
    application.initQgis()
    whole = QgsVectorLayer(path, "all", "ogr")
    names = [line.split("!!::!!")[1] for line in whole.dataProvider().subLayers()]
    layers = {name: QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names}
    for layer in layers.values():
        QgsProject.instance().addMapLayer(layer)
    answer = {name: told(layer) for name, layer in layers.items()}
    job = QgsMapRendererSequentialJob(picture_of(list(layers.values())))
    job.start()
    job.waitForFinished()
    answer["drawn"] = job.renderedImage().save(picture)
    answer["errors"] = [error.message for error in job.errors()]
    print(json.dumps(answer), flush=True)
    os._exit(0)  # QGIS often falls over its own layers when a program ends in good order


main(*sys.argv[1:])
