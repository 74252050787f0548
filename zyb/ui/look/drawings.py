"""Small drawings: bars with their pace, positions on an axis, sparks, legends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from zyb import palette
from zyb.ui.look.elements import Html, element


def bullet(value: float | None, pace: float | None = None, tone: str = "plain", *, full: float = 1.0) -> Html:
    """A bar on an axis from 0 to `full`: value, shaded up to the pace, tick at the pace. None is hatched."""
    if value is None:
        return element("div", "z-bullet z-missing")
    shade = tick = Html("")
    if pace is not None:
        shade = element("u", "", style=f"width:{_share_text(pace / full)}")
        tick = element("b", "", style=f"left:{_share_text(pace / full)}")
    bar = element("i", "", style=f"width:{_share_text(value / full)}")
    return element("div", f"z-bullet z-{tone}", shade, bar, tick)


def box(kind: str, *parts: str) -> Html:
    return element("div", kind, *parts)


def at(kind: str, share: float, *parts: str) -> Html:
    """Something at its place on an axis from 0 to 1."""
    return element("span", kind, *parts, style=f"left:{_share_text(share)}")


def segment(kind: str, start: float, end: float, words: str, told: str) -> Html:
    """A piece of an axis from 0 to 1; what does not fit into it stands in the tooltip."""
    style = f"left:{_share_text(start)};width:{_share_text(end - start)}"
    return Html(
        f'<span class="z-stage z-{kind}" style="{style}" title="{escape(told)}">{escape(words)}</span>'
    )


def _share_text(share: float) -> str:
    """A CSS length; what lies outside the axis stops at its end."""
    return f"{min(max(share, 0.0), 1.0) * 100:.2f}%"


def spark(values: Sequence[float], colour: str = palette.JADE, width: int = 74, height: int = 26) -> Html:
    """A small line, last point marked. Fewer than two values draw nothing."""
    if len(values) < 2:
        return Html("")
    low, span = min(values), (max(values) - min(values)) or 1
    step = width / (len(values) - 1)
    points = [(i * step, height - 3 - (v - low) / span * (height - 6)) for i, v in enumerate(values)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    drawing = (
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.8"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>'
    )
    return image(drawing, width + 4, height)


def bars(values: Sequence[float], colour: str = palette.JADE, width: int = 74, height: int = 26) -> Html:
    """Small columns, the last one in full colour."""
    if not values:
        return Html("")
    top, step = max(values) or 1, width / len(values)
    columns = [(i * step + 1, value / top * height) for i, value in enumerate(values)]
    drawing = "".join(
        f'<rect x="{x:.1f}" y="{height - h:.1f}" width="{max(step - 2.6, 1):.1f}" height="{h:.1f}" rx="1.2" '
        f'fill="{colour}" opacity="{1 if i == len(columns) - 1 else 0.38}"/>'
        for i, (x, h) in enumerate(columns)
    )
    return image(drawing, width, height)


def image(drawing: str, width: int, height: int) -> Html:
    """st.html drops inline <svg>; as an image it stays."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{drawing}</svg>'
    return Html(f'<img alt="" width="{width}" height="{height}" src="data:image/svg+xml,{quote(svg)}">')


def legend(items: Iterable[tuple[str | None, str]]) -> Html:
    """Colour and words of each class; None is the hatching of 未报送."""
    return element("div", "z-legend", *(_legend_item(colour, words) for colour, words in items))


def _legend_item(colour: str | None, words: str) -> Html:
    patch = element("i", "z-hatched") if colour is None else element("i", "", style=f"background:{colour}")
    return element("span", "", patch, words)


def marks(items: Iterable[tuple[str, str]]) -> Html:
    """What is drawn in a chart: line, dots, bar, striped, tick or hatched, and its words."""
    return element(
        "div",
        "z-legend",
        *(element("span", "", element("i", f"z-mark z-{kind}"), words) for kind, words in items),
    )
