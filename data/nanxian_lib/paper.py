"""A map on paper, as a scanner sees it: turned, stretched, stained, and without coordinates.

Everything is drawn in the plane of the map, and each pixel asks what lies where it looks. Only
sums, products and comparisons are used, so that the same picture comes out on every machine.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import shapely

from nanxian_lib.chance import Chance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nanxian_lib.plane import Point

WIDTH, HEIGHT = 1200, 900
SHEET_M = (4800, 3600)

# From metres of the sheet (east, north) to pixels (right, down): turned by a little over a degree,
# and one part in 250 wider than high.
TO_PIXEL = ((0.2410, 0.0050, 8.0), (0.0050, -0.2400, 866.0))

PAPER, INK, WATER, SPECK = 0, 1, 2, 3
TINTS = range(4, 9)
COLOURS = [
    *((246, 241, 226), (52, 47, 48), (118, 160, 190), (206, 196, 172)),
    *((238, 226, 180), (206, 224, 190), (240, 206, 190), (204, 214, 232), (224, 206, 228)),
]

LETTERS = {
    "0": "0E 11 13 15 19 11 0E", "1": "04 0C 04 04 04 04 0E", "2": "0E 11 01 02 04 08 1F",
    "3": "1F 02 04 02 01 11 0E", "4": "02 06 0A 12 1F 02 02", "5": "1F 10 1E 01 01 11 0E",
    "6": "06 08 10 1E 11 11 0E", "7": "1F 01 02 04 08 08 08", "8": "0E 11 11 0E 11 11 0E",
    "9": "0E 11 11 0F 01 02 0C", "A": "0E 11 11 1F 11 11 11", "B": "1E 11 11 1E 11 11 1E",
    "C": "0E 11 10 10 10 11 0E", "D": "1C 12 11 11 11 12 1C", "E": "1F 10 10 1E 10 10 1F",
    "G": "0E 11 10 17 11 11 0F", "H": "11 11 11 1F 11 11 11", "I": "0E 04 04 04 04 04 0E",
    "K": "11 12 14 18 14 12 11", "L": "10 10 10 10 10 10 1F", "M": "11 1B 15 15 11 11 11",
    "N": "11 11 19 15 13 11 11", "O": "0E 11 11 11 11 11 0E", "R": "1E 11 11 1E 14 12 11",
    "S": "0F 10 10 0E 01 01 1E", "T": "1F 04 04 04 04 04 04", "U": "11 11 11 11 11 11 0E",
    "V": "11 11 11 11 11 0A 04", "W": "11 11 11 15 15 15 0A", "Y": "11 11 11 0A 04 04 04",
    "Z": "1F 01 02 04 08 10 1F", " ": "00 00 00 00 00 00 00",
}  # fmt: skip
"""Seven rows of five dots for each letter."""


def to_pixel(point: Point) -> Point:
    """Return where a point of the sheet (metres east, north) lies in the scan (right, down)."""
    across, down = (a * point[0] + b * point[1] + c for a, b, c in TO_PIXEL)
    return across, down


class Sheet:
    """A sheet of paper that is drawn on in metres and read in pixels."""

    def __init__(self) -> None:
        (a, b, c), (d, e, f) = TO_PIXEL
        right, down = np.meshgrid(np.arange(WIDTH) + 0.5 - c, np.arange(HEIGHT) + 0.5 - f)
        area = a * e - b * d
        self._east = (e * right - b * down) / area
        self._north = (a * down - d * right) / area
        self.pixels = np.full((HEIGHT, WIDTH), PAPER, np.uint8)

    def fill(self, ground: shapely.Polygon, colour: int) -> None:
        """Print an area."""
        self.pixels[shapely.contains_xy(ground, self._east, self._north)] = colour

    def line(self, points: Sequence[Point], width_m: float, colour: int) -> None:
        """Print a line of straight pieces."""
        self.fill(shapely.LineString(points).buffer(width_m / 2, cap_style="flat"), colour)

    def square(self, centre: Point, width_m: float) -> None:
        """Print a square in ink."""
        x, y, half = *centre, width_m / 2
        self.fill(shapely.box(x - half, y - half, x + half, y + half), INK)

    def words(self, text: str, corner: Point, height_m: float) -> None:
        """Print a text in capitals from its upper left corner."""
        dots = np.array([[_dots(letter, row) for letter in text] for row in range(7)])
        dots = np.pad(dots, ((0, 0), (0, 0), (0, 1))).reshape(7, -1)
        cell = height_m / 7
        across = np.floor((self._east - corner[0]) / cell).astype(int)
        down = np.floor((corner[1] - self._north) / cell).astype(int)
        inside = (across >= 0) & (across < dots.shape[1]) & (down >= 0) & (down < 7)
        where = np.flatnonzero(inside)
        inked = where[dots[down.flat[where], across.flat[where]] == 1]
        self.pixels.flat[inked] = INK

    def wear(self) -> None:
        """Leave the fold and the specks of a sheet that lay in a drawer."""
        self.fill(shapely.box(-1000, 1786, 6000, 1792), SPECK)
        chance = Chance("paper")
        for _ in range(500):
            row, column = chance.whole(0, HEIGHT - 1), chance.whole(0, WIDTH - 1)
            self.pixels[row : row + chance.whole(1, 2), column : column + 2] = SPECK

    def png(self) -> bytes:
        """Return the scan as a picture with a palette."""
        rows = np.insert(self.pixels, 0, 0, axis=1).tobytes()
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
        palette = bytes(part for colour in COLOURS for part in colour)
        pieces = (
            (b"IHDR", head),
            (b"PLTE", palette),
            (b"IDAT", zlib.compress(rows, 9)),
            (b"IEND", b""),
        )
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in pieces
        )


def _dots(letter: str, row: int) -> list[int]:
    bits = int(LETTERS[letter].split()[row], 16)
    return [bits >> place & 1 for place in (4, 3, 2, 1, 0)]
