"""Small drawings: bars with their pace, positions on an axis, sparks, legends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from zyb import palette
from zyb.html import NOTHING, Markup, joined, tag


def bullet(
    value: float | None,
    pace: float | None = None,
    tone: str = "plain",
    *,
    full: float = 1.0,
    colour: str = "",
) -> Markup:
    """A bar on an axis from 0 to `full`: value, shaded up to the pace, tick at the pace. None is hatched.

    `colour` is that of a value which no tone judges."""
    if value is None:
        return tag("div", classes="z-bullet z-missing")
    shade = tick = NOTHING
    if pace is not None:
        shade = tag("u", style=f"width:{_share_text(pace / full)}")
        tick = tag("b", style=f"left:{_share_text(pace / full)}")
    painted = f";background:{colour}" if colour else ""
    bar = tag("i", style=f"width:{_share_text(value / full)}{painted}")
    return tag("div", shade, bar, tick, classes=f"z-bullet z-{tone}")


def box(kind: str, *parts: str) -> Markup:
    return tag("div", *parts, classes=kind)


def at(kind: str, share: float, *parts: str) -> Markup:
    """Something at its place on an axis from 0 to 1."""
    return tag("span", *parts, classes=kind, style=f"left:{_share_text(share)}")


def segment(kind: str, start: float, end: float, words: str, told: str) -> Markup:
    """A piece of an axis from 0 to 1; what does not fit into it stands in the tooltip."""
    style = f"left:{_share_text(start)};width:{_share_text(end - start)}"
    return tag("span", words, classes=f"z-stage z-{kind}", style=style, title=told)


def _share_text(share: float) -> str:
    """A CSS length; what lies outside the axis stops at its end."""
    return f"{min(max(share, 0.0), 1.0) * 100:.2f}%"


def spark(values: Sequence[float], colour: str = palette.JADE, width: int = 74, height: int = 26) -> Markup:
    """A small line, last point marked. Fewer than two values draw nothing."""
    if len(values) < 2:
        return NOTHING
    low, span = min(values), (max(values) - min(values)) or 1
    step = width / (len(values) - 1)
    points = [(i * step, height - 3 - (v - low) / span * (height - 6)) for i, v in enumerate(values)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    drawing = joined(
        tag("polyline", points=line, fill="none", stroke=colour, stroke_width="1.8"),
        tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="2.6", fill=colour),
    )
    return image(drawing, width + 4, height)


def bars(values: Sequence[float], colour: str = palette.JADE, width: int = 74, height: int = 26) -> Markup:
    """Small columns, the last one in full colour."""
    if not values:
        return NOTHING
    top, step = max(values) or 1, width / len(values)
    wide = f"{max(step - 2.6, 1):.1f}"
    drawing = NOTHING
    for i, value in enumerate(values):
        tall = value / top * height
        seen = "1" if i == len(values) - 1 else "0.38"
        drawing += tag(
            "rect", x=f"{i * step + 1:.1f}", y=f"{height - tall:.1f}", width=wide, height=f"{tall:.1f}",
            rx="1.2", fill=colour, opacity=seen,
        )  # fmt: skip
    return image(drawing, width, height)


def image(drawing: Markup, width: int, height: int) -> Markup:
    """st.html drops inline <svg>; as an image it stays."""
    svg = tag("svg", drawing, xmlns="http://www.w3.org/2000/svg", width=width, height=height)
    return tag("img", alt="", width=width, height=height, src=f"data:image/svg+xml,{quote(svg)}")


def legend(items: Iterable[tuple[str | None, str]]) -> Markup:
    """Colour and words of each class; None is the hatching of 未报送."""
    return tag("div", *(_legend_item(colour, words) for colour, words in items), classes="z-legend")


def _legend_item(colour: str | None, words: str) -> Markup:
    patch = tag("i", classes="z-hatched") if colour is None else tag("i", style=f"background:{colour}")
    return tag("span", patch, words)


def marks(items: Iterable[tuple[str, str]]) -> Markup:
    """What is drawn in a chart: line, dots, bar, striped, tick or hatched, and its words."""
    return tag(
        "div",
        *(tag("span", tag("i", classes=f"z-mark z-{kind}"), words) for kind, words in items),
        classes="z-legend",
    )
