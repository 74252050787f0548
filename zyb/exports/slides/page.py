"""One slide: title, footer, speaker notes, and the shapes that are put on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.slide import Slide

from zyb import palette
from zyb.deck import measuring
from zyb.exports.drawingml.charts import FORMAT, Chart
from zyb.exports.drawingml.ink import NO_FILL, LetterStyle, line, properties, readable, safe, solid
from zyb.exports.slides import house
from zyb.exports.slides.drawing import NAMESPACES, Box, body, emu, freeform, paragraph, preset, run
from zyb.maps.projection import Coordinates

# What a slide is about stands between these.
CONTENT = Box(house.MARGIN, 1.25, house.WIDTH - 2 * house.MARGIN, 5.6)
FOOTER = Box(house.MARGIN, 7.06, 11.2, 0.24)
NUMBER = Box(house.WIDTH - house.MARGIN - 0.9, 7.06, 0.9, 0.24)
KICKER = Box(house.MARGIN, 0.14, 8.0, 0.26)
WARNING = Box(house.WIDTH - house.MARGIN - 2.6, 0.13, 2.6, 0.28)

TITLE_SIZES = (26, 24, 22, 20, 18)
# Two lines of these stand between the kicker and the rule.
SMALL_TITLE_SIZES = (15, 14, 13, 12)
# The bold letters that stand in for 微软雅黑 elsewhere are a little wider.
SURELY = 0.88
TITLE = LetterStyle(26, palette.INK, bold=True)
SMALL = LetterStyle(10.5, palette.TERTIARY)
WARNED = LetterStyle(11, palette.LETTERING["watch"], bold=True)
NOTE = LetterStyle(12, palette.INK)
# The number of a page follows when slides are moved; a fixed id keeps the file the same every time.
NUMBER_FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"


def title_size(text: str) -> float:
    """One line where it can be, else two that are small enough to stay in the box."""
    width = house.TITLE.width * SURELY
    size = measuring.fitting(text, width, TITLE_SIZES)
    if measuring.lines(text, width, size) == 1:
        return size
    return measuring.fitting(text, width, SMALL_TITLE_SIZES, allowed=2)


class _Native(CategoryChartData):
    """What the library needs to add a chart that is written already."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(number_format=FORMAT)  # type: ignore[no-untyped-call]
        self._chart = chart

    @property
    def xlsx_blob(self) -> bytes:
        return self._chart.workbook()

    def xml_bytes(self, chart_type: object) -> bytes:
        return self._chart.xml().encode()


@dataclass
class SlidePage:
    """Draws on a slide of the library; positions in inches, `name` stands in the selection pane."""

    slide: Slide

    def __post_init__(self) -> None:
        self._tree = self.slide.shapes.element
        self._last_id = max(shape.shape_id for shape in self.slide.shapes)

    # --- shapes ------------------------------------------------------------------------------------

    def add(self, xml: str) -> None:
        self._tree.append(parse_xml(xml.replace(">", f" {NAMESPACES}>", 1)))

    def named(self, name: str, description: str = "") -> str:
        """The identity that every shape begins with; `description` is its alternative text."""
        self._last_id += 1
        return f'<p:cNvPr id="{self._last_id}" name="{safe(name)}" descr="{safe(description)}"/>'

    def text(
        self, name: str, box: Box, paragraphs: Sequence[str], anchor: str = "t", wrap: bool = True
    ) -> None:
        self.add(self.text_xml(name, box, paragraphs, anchor, wrap))

    def text_xml(
        self, name: str, box: Box, paragraphs: Sequence[str], anchor: str = "t", wrap: bool = True
    ) -> str:
        return (
            f'<p:sp><p:nvSpPr>{self.named(name)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{box.xfrm()}{preset()}{NO_FILL}{line(None)}</p:spPr>"
            f"{body(paragraphs, anchor, wrap=wrap)}</p:sp>"
        )

    def panel(
        self, name: str, box: Box, fill: str, paragraphs: Sequence[str] = (), inset: float = 0.0,
        shape: str = "", description: str = "", edge: str | None = None, top: float | None = None,
    ) -> None:  # fmt: skip
        """A filled shape; `fill` is DrawingML. Text stands in its middle, or `top` inches below its upper edge."""
        words = paragraphs or [paragraph()]
        placed = body(words, "ctr", inset) if top is None else body(words, "t", inset, top=top)
        self.add(
            f"<p:sp><p:nvSpPr>{self.named(name, description)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{box.xfrm()}{shape or preset()}{fill}{line(edge)}</p:spPr>"
            f"{placed}</p:sp>"
        )

    def area_xml(
        self, name: str, rings: Sequence[Sequence[Coordinates]], fill: str, edge: str, description: str = ""
    ) -> str:
        box, geometry = freeform(rings)
        return (
            f"<p:sp><p:nvSpPr>{self.named(name, description)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{box.xfrm()}{geometry}{fill}{line(edge, 1)}</p:spPr></p:sp>"
        )

    def leader_xml(self, name: str, start: Coordinates, end: Coordinates, colour: str) -> str:
        (x0, y0), (x1, y1) = start, end
        box = Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
        flips = (' flipH="1"' if x1 < x0 else "") + (' flipV="1"' if y1 < y0 else "")
        return (
            f"<p:cxnSp><p:nvCxnSpPr>{self.named(name)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
            f"<p:spPr>{box.xfrm(flips=flips)}{preset('line')}{line(colour, 0.75)}</p:spPr></p:cxnSp>"
        )

    def group(self, name: str, box: Box, members: Sequence[str], description: str = "") -> None:
        inner = box.xfrm().removesuffix("</a:xfrm>").replace("<a:xfrm>", "")
        child = inner.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
        self.add(
            f"<p:grpSp><p:nvGrpSpPr>{self.named(name, description)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr><a:xfrm>{inner}{child}</a:xfrm></p:grpSpPr>{''.join(members)}</p:grpSp>"
        )

    def table(self, name: str, box: Box, xml: str, description: str = "") -> None:
        self.add(
            f"<p:graphicFrame><p:nvGraphicFramePr>{self.named(name, description)}"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
            f"</p:nvGraphicFramePr>{box.xfrm('p:xfrm')}<a:graphic><a:graphicData "
            f'uri="http://schemas.openxmlformats.org/drawingml/2006/table">{xml}</a:graphicData></a:graphic>'
            "</p:graphicFrame>"
        )

    def chart(self, name: str, box: Box, chart: Chart, description: str) -> None:
        places = (emu(box.left), emu(box.top), emu(box.width), emu(box.height))
        self.slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *places, _Native(chart))  # type: ignore[arg-type]
        identity = self._tree[-1].nvGraphicFramePr.cNvPr
        identity.set("name", readable(name))
        identity.set("descr", readable(description))
        self._last_id = int(identity.get("id"))

    # --- what every page has -----------------------------------------------------------------------

    def title(self, text: str) -> None:
        self.placeholder(0, [paragraph(run(text, TITLE.sized(title_size(text))))], "ctr")

    def placeholder(self, number: int, paragraphs: Sequence[str], anchor: str) -> None:
        """Real placeholders, so that the outline and screen readers know the title."""
        shape = self.slide.placeholders[number]._element
        shape.remove(shape.txBody)
        shape.append(parse_xml(body(paragraphs, anchor).replace(">", f" {NAMESPACES}>", 1)))

    def kicker(self, text: str) -> None:
        self.text("栏目", KICKER, [paragraph(run(text, SMALL.sized(11)))], "ctr")

    def footer(self, text: str) -> None:
        size = measuring.fitting(text, FOOTER.width, (10.5, 10, 9, 8))
        self.text("页脚", FOOTER, [paragraph(run(text, SMALL.sized(size)))], "ctr")

    def number(self, number: int) -> None:
        field = f'<a:fld id="{NUMBER_FIELD}" type="slidenum">{properties(SMALL)}<a:t>{number}</a:t></a:fld>'
        self.text("页码", NUMBER, [paragraph(field, align="r")], "ctr")

    def warning(self, text: str) -> None:
        if text:
            self.panel(
                "演示标记", WARNING, solid(palette.TINTS["watch"]), [paragraph(run(text, WARNED), align="ctr")],
                shape=preset("roundRect", 50000), edge=palette.WATCH,
            )  # fmt: skip

    def notes(self, paragraphs: Sequence[str]) -> None:
        """For who presents: where the figures come from and how they are counted."""
        frame = self.slide.notes_slide.notes_text_frame
        if frame is None or not paragraphs:
            return
        shape = frame._txBody
        for old in list(shape.p_lst):
            shape.remove(old)
        for text in paragraphs:
            written = paragraph(run(text, NOTE), after=4)
            shape.append(parse_xml(written.replace(">", f" {NAMESPACES}>", 1)))
