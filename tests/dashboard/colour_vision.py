"""How colours look to readers who see fewer of them, how far apart two colours are, and their contrast.

Simulations, all on linear RGB: Machado, Oliveira and Fernandes 2009 ("A physiologically-based model for
simulation of color vision deficiency", severity 1.0) for protanopia, deuteranopia and tritanopia; Viénot,
Brettel and Mollon 1999 ("Digital video colourmaps for checking the legibility of displays by dichromats")
for the first two; and for tritanopia, which one plane cannot describe and the model of 2009 describes least
well, Brettel, Viénot and Mollon 1997 ("Computerized simulation of color appearance for dichromats"). The
last two as matrices for sRGB, as libDaltonLens gives them.
Distances: CIEDE2000 (Sharma, Wu and Dalal 2005). Contrast: WCAG 2.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]
See = Callable[[Triple], Triple]

TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE: Triple = (0.95047, 1.0, 1.08883)
MACHADO_PROTANOPIA: Matrix = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
MACHADO_DEUTERANOPIA: Matrix = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
MACHADO_TRITANOPIA: Matrix = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
VIENOT_PROTANOPIA: Matrix = ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0))
VIENOT_DEUTERANOPIA: Matrix = ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0))
# Tritanopia needs two half planes: which one is told by the side of the plane of greys a colour lies on.
BRETTEL_NORMAL: Triple = (0.03901, -0.02788, -0.01113)
BRETTEL_ABOVE: Matrix = (
    (1.01277, 0.13548, -0.14826),
    (-0.01243, 0.86812, 0.14431),
    (0.07589, 0.80500, 0.11911),
)
BRETTEL_BELOW: Matrix = (
    (0.93678, 0.18979, -0.12657),
    (0.06154, 0.81526, 0.12320),
    (-0.37562, 1.12767, 0.24796),
)


def read_color(color: str) -> Triple:
    """The linear red, green and blue of "#rrggbb", each from 0 to 1."""
    red, green, blue = (_to_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _to_linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _multiply(matrix: Matrix, vector: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def _clip(color: Triple) -> Triple:
    red, green, blue = (min(1.0, max(0.0, part)) for part in color)
    return red, green, blue


def _see_as(matrix: Matrix) -> See:
    return lambda color: _clip(_multiply(matrix, color))


def _see_by_halves(color: Triple) -> Triple:
    side = sum(part * along for part, along in zip(color, BRETTEL_NORMAL, strict=True))
    return _clip(_multiply(BRETTEL_ABOVE if side >= 0 else BRETTEL_BELOW, color))


SIGHTS: Mapping[str, See] = {
    "every colour": lambda color: color,
    "protanopia, Machado 2009": _see_as(MACHADO_PROTANOPIA),
    "protanopia, Viénot 1999": _see_as(VIENOT_PROTANOPIA),
    "deuteranopia, Machado 2009": _see_as(MACHADO_DEUTERANOPIA),
    "deuteranopia, Viénot 1999": _see_as(VIENOT_DEUTERANOPIA),
    "tritanopia, Machado 2009": _see_as(MACHADO_TRITANOPIA),
    "tritanopia, Brettel 1997": _see_by_halves,
}


def find_difference(one: str, other: str, *, rendered: str) -> float:
    """The CIEDE2000 distance of two colours as this sight has them; about 2 is the least an eye notices."""
    see = SIGHTS[rendered]
    return measure_distance(to_lab(see(read_color(one))), to_lab(see(read_color(other))))


def find_least_difference(one: str, other: str) -> tuple[float, str]:
    """The smallest distance of two colours over all sights, and whose it is."""
    return min((find_difference(one, other, rendered=rendered), rendered) for rendered in SIGHTS)


def to_lab(color: Triple) -> Triple:
    """CIELAB under D65 of linear red, green and blue."""
    x, y, z = (_to_root(part / white) for part, white in zip(_multiply(TO_XYZ, color), WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _to_root(value: float) -> float:
    return float(value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29)


def measure_distance(one: Triple, other: Triple) -> float:
    """CIEDE2000 of two colours in CIELAB, with all three weights 1."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_chroma = (hypot(a1, b1) + hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * _saturate(mean_chroma)
    c1, c2 = hypot(a1 * stretch, b1), hypot(a2 * stretch, b2)
    h1, h2 = (degrees(atan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn, hue = _compare_hues(h1, h2, is_grey=c1 * c2 == 0)
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    weight = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    by_lightness = (l2 - l1) / (1 + 0.015 * (lightness - 50) ** 2 / sqrt(20 + (lightness - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    rotation = -2 * _saturate(chroma) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(by_lightness**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue)


def _saturate(chroma: float) -> float:
    return sqrt(chroma**7 / (chroma**7 + 25**7))


def _compare_hues(one: float, other: float, *, is_grey: bool) -> tuple[float, float]:
    """The turn from one hue to the other, the short way, and the hue in the middle, in degrees."""
    if is_grey:
        return 0.0, one + other
    turn = (other - one + 180) % 360 - 180
    # Exactly opposite hues turn forward where the second is the greater, as the published pairs have it.
    if turn == -180 and other > one:
        turn = 180.0
    return turn, (one + turn / 2) % 360


def find_contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    dark, light = sorted(find_luminance(color) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


def find_luminance(color: str) -> float:
    """How bright a colour is, from 0 to 1."""
    red, green, blue = read_color(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
