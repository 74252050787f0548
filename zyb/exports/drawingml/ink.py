"""Fills, lines and letters. Every run names its fonts, and everything from data is escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from zyb import palette
from zyb.inert import unturned

SCHEMAS = "http://schemas.openxmlformats.org"
DRAWING = f"{SCHEMAS}/drawingml/2006"
RELATIONSHIPS = f"{SCHEMAS}/officeDocument/2006/relationships"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_FILL = "<a:noFill/>"
EMU_A_POINT = 12700


@dataclass(frozen=True)
class LetterStyle:
    """How a run of text looks; size in points."""

    size: float
    colour: str = palette.INK
    bold: bool = False
    halo: str = ""
    """A glow in this colour, so that letters are read where they leave their ground."""
    font: str = palette.OFFICE_FONT

    def sized(self, size: float) -> LetterStyle:
        return replace(self, size=size)


def readable(text: str) -> str:
    """Without the characters that no XML may hold, and those that turn what follows round."""
    return unturned(NOT_XML.sub("", text))


def safe(text: str) -> str:
    """Text or an attribute's value, escaped."""
    return escape(readable(text), {'"': "&quot;"})


# --- fills and lines -------------------------------------------------------------------------------


def solid(colour: str) -> str:
    return f"<a:solidFill>{colour_of(colour)}</a:solidFill>"


def colour_of(colour: str) -> str:
    return f'<a:srgbClr val="{palette.bare(colour)}"/>'


def hatched(colour: str, lines: str = palette.TERTIARY) -> str:
    """Slanting lines: what was not reported shows in a black and white print as well."""
    return (
        f'<a:pattFill prst="wdUpDiag"><a:fgClr>{colour_of(lines)}</a:fgClr>'
        f"<a:bgClr>{colour_of(colour)}</a:bgClr></a:pattFill>"
    )


def line(colour: str | None, points: float = 0.75, dash: str = "", tag: str = "a:ln") -> str:
    if colour is None:
        return f"<{tag}>{NO_FILL}</{tag}>"
    dashes = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<{tag} w="{round(points * EMU_A_POINT)}">{solid(colour)}{dashes}</{tag}>'


# --- letters ---------------------------------------------------------------------------------------


def fonts(font: str) -> str:
    """For all scripts: programs leave the font for Chinese to chance otherwise."""
    return "".join(f'<a:{script} typeface="{font}"/>' for script in ("latin", "ea", "cs"))


def theme_in(font: str, xml: str) -> str:
    """An office program's theme with one font for everything."""
    return re.sub(r"(<a:(major|minor)Font>).*?(</a:\2Font>)", rf"\1{fonts(font)}\3", xml, flags=re.S)


def properties(style: LetterStyle, tag: str = "a:rPr", more: str = ' lang="zh-CN" altLang="en-US"') -> str:
    glow = (
        f'<a:effectLst><a:glow rad="25400">{colour_of(style.halo)}</a:glow></a:effectLst>'
        if style.halo
        else ""
    )
    size, bold = round(style.size * 100), int(style.bold)
    return f'<{tag}{more} sz="{size}" b="{bold}">{solid(style.colour)}{glow}{fonts(style.font)}</{tag}>'
