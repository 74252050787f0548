"""Places, paragraphs and outlines of a slide, written as they stand in the file.

The library's own shapes bring a style that draws shadows in WPS and text without a font for Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zyb import palette
from zyb.exports.drawingml.ink import (
    DRAWING,
    RELATIONSHIPS,
    SCHEMAS,
    LetterStyle,
    colour_of,
    properties,
    safe,
)
from zyb.maps.projection import Coordinates

EMU = 914400
FONT = palette.OFFICE_FONT
# Darker than any colour of the screen's cards: the ground of the cover and of nothing else.
DEEP = "#0e2f35"

NAMESPACES = (
    f'xmlns:a="{DRAWING}/main" xmlns:p="{SCHEMAS}/presentationml/2006/main" xmlns:r="{RELATIONSHIPS}"'
)


@dataclass(frozen=True)
class Box:
    """A place on the slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def xfrm(self, tag: str = "a:xfrm", flips: str = "") -> str:
        return (
            f'<{tag}{flips}><a:off x="{emu(self.left)}" y="{emu(self.top)}"/>'
            f'<a:ext cx="{emu(self.width)}" cy="{emu(self.height)}"/></{tag}>'
        )


def emu(inches: float) -> int:
    return round(inches * EMU)


# --- text ------------------------------------------------------------------------------------------


def run(text: str, style: LetterStyle) -> str:
    return f"<a:r>{properties(style)}<a:t>{safe(text)}</a:t></a:r>"


def paragraph(
    *runs: str, align: str = "l", spacing: int = 100, after: float = 0, bullet: str = "", indent: float = 0.0
) -> str:
    """`spacing` in percent of a line, `after` in points; a bullet hangs out by `indent` inches."""
    margin = f' marL="{emu(indent)}" indent="{-emu(indent)}"' if bullet else ' marL="0" indent="0"'
    sign = (
        f'<a:buClr>{colour_of(palette.JADE)}</a:buClr><a:buSzPct val="70000"/>'
        f'<a:buFont typeface="{FONT}"/><a:buChar char="{bullet}"/>'
        if bullet
        else "<a:buNone/>"
    )
    return (
        f'<a:p><a:pPr algn="{align}"{margin}><a:lnSpc><a:spcPct val="{spacing * 1000}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{round(after * 100)}"/></a:spcAft>'
        f"{sign}</a:pPr>{''.join(runs)}</a:p>"
    )


def body(
    paragraphs: Sequence[str], anchor: str = "t", inset: float = 0.0, wrap: bool = True, top: float = 0.0
) -> str:
    side = emu(inset)
    return (
        f'<p:txBody><a:bodyPr wrap="{"square" if wrap else "none"}" lIns="{side}" tIns="{emu(top)}" rIns="{side}" bIns="0"'
        f' rtlCol="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{"".join(paragraphs)}</p:txBody>'
    )


# --- geometry --------------------------------------------------------------------------------------


def preset(kind: str = "rect", adjust: int | None = None) -> str:
    guides = "<a:avLst/>"
    if adjust is not None:
        guides = f'<a:avLst><a:gd name="adj" fmla="val {adjust}"/></a:avLst>'
    return f'<a:prstGeom prst="{kind}">{guides}</a:prstGeom>'


def freeform(rings: Iterable[Sequence[Coordinates]]) -> tuple[Box, str]:
    """The box around rings given in inches, and the geometry in it."""
    drawn = [[(emu(x), emu(y)) for x, y in ring] for ring in rings]
    xs, ys = [x for ring in drawn for x, _ in ring], [y for ring in drawn for _, y in ring]
    left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    paths = "".join(_ring([(x - left, y - top) for x, y in ring]) for ring in drawn)
    geometry = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}">{paths}</a:path></a:pathLst></a:custGeom>'
    )
    return Box(left / EMU, top / EMU, width / EMU, height / EMU), geometry


def _ring(points: Sequence[tuple[int, int]]) -> str:
    (x0, y0), *others = points
    lines = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in others)
    return f'<a:moveTo><a:pt x="{x0}" y="{y0}"/></a:moveTo>{lines}<a:close/>'
