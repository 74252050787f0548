"""Things that are drawn: text boxes in a fixed place, and the frame of a chart in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from zyb.exports.drawingml.ink import DRAWING
from zyb.exports.word.elements import Element

EMU_A_MM = 36000
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main" xmlns:c="{DRAWING}/chart" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@dataclass(frozen=True)
class BoxPlace:
    """Millimetres from the left and top of the page; a box on the `margin` stands at the foot of the text."""

    left: float
    top: float
    width: float
    height: float
    within: Literal["page", "margin"]

    @property
    def extent(self) -> str:
        return f'cx="{round(self.width * EMU_A_MM)}" cy="{round(self.height * EMU_A_MM)}"'

    @property
    def position(self) -> str:
        if self.within == "margin":
            across, down = "<wp:align>left</wp:align>", "<wp:align>bottom</wp:align>"
        else:
            across, down = (
                f"<wp:posOffset>{round(mm * EMU_A_MM)}</wp:posOffset>" for mm in (self.left, self.top)
            )
        return (
            f'<wp:positionH relativeFrom="{self.within}">{across}</wp:positionH>'
            f'<wp:positionV relativeFrom="{self.within}">{down}</wp:positionV>'
        )


def text_box(
    name: str, number: int, place: BoxPlace, content: Sequence[Element], sideways: bool = False
) -> Element:
    """A run that holds a box without lines or margins; what is in it stands at its foot."""
    made: Element = parse_xml(
        _TEXT_BOX.format(
            namespaces=NAMESPACES,
            drawing=DRAWING,
            position=place.position,
            extent=place.extent,
            number=number,
            name=name,
            turned=' vert="vert"' if sideways else "",
        )
    )
    next(made.iter(qn("w:txbxContent"))).extend(content)
    return made


_TEXT_BOX = """<w:r {namespaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0"
locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>{position}<wp:extent {extent}/>
<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="{number}" name="{name}"/>
<wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr{turned} lIns="0" tIns="0" rIns="0" bIns="0" anchor="b">
<a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
</mc:AlternateContent></w:r>"""


def chart_frame(name: str, number: int, reference: str, width: float, height: float) -> Element:
    """A run that shows a chart in the line; sizes in millimetres."""
    made: Element = parse_xml(
        _CHART.format(
            namespaces=NAMESPACES,
            drawing=DRAWING,
            extent=BoxPlace(0, 0, width, height, "page").extent,
            number=number,
            name=name,
            reference=reference,
        )
    )
    return made


_CHART = """<w:r {namespaces}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">
<wp:extent {extent}/><wp:docPr id="{number}" name="{name}"/><wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="{drawing}/chart"><c:chart r:id="{reference}"/></a:graphicData></a:graphic></wp:inline>
</w:drawing></w:r>"""
