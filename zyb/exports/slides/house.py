"""The empty presentation in the house style: 16:9, our fonts and colours in the theme, two layouts."""

from __future__ import annotations

import io
import re
from functools import cache

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.slide import SlideLayout

from zyb import palette
from zyb.exports.drawingml.ink import NO_FILL, line, solid, theme_in
from zyb.exports.slides.drawing import DEEP, FONT, NAMESPACES, Box, emu, preset
from zyb.exports.slides.packing import timeless

WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.55
TITLE = Box(MARGIN, 0.4, WIDTH - 2 * MARGIN, 0.6)
RULE = Box(MARGIN, 1.04, WIDTH - 2 * MARGIN, 0.0)
ACCENT = Box(MARGIN, 1.02, 1.1, 0.04)
COVER_TITLE = Box(0.9, 1.75, 7.3, 2.1)
COVER_SUBTITLE = Box(0.9, 4.25, 7.3, 1.7)
COVER_BAR = Box(0.9, 4.02, 1.5, 0.05)

# The library's own presentation has eleven layouts for another format; two are ours.
KEPT = {"Title Slide": "封面", "Title Only": "标题和内容"}
PROMPTS = {
    "Click to edit Master title style": "单击此处编辑标题",
    "Click to edit Master subtitle style": "单击此处编辑副标题",
    "Click to edit Master text styles": "单击此处编辑文本",
    "Second level": "第二级",
    "Third level": "第三级",
    "Fourth level": "第四级",
    "Fifth level": "第五级",
}
# Besides nothing of use they hold a picture of an empty page and the names of fonts that we do not use.
UNWANTED = {RT.THUMBNAIL, RT.EXTENDED_PROPERTIES, RT.PRINTER_SETTINGS}

THEME_COLOURS = (
    ("dk1", palette.INK), ("lt1", palette.CARD), ("dk2", DEEP), ("lt2", palette.GROUND),
    ("accent1", palette.JADE), ("accent2", palette.INDIGO), ("accent3", palette.GOLD),
    ("accent4", palette.GOOD), ("accent5", palette.WATCH), ("accent6", palette.LAGGING),
    ("hlink", palette.JADE), ("folHlink", palette.SECONDARY),
)  # fmt: skip


def empty_presentation() -> Presentation:
    return pptx.Presentation(io.BytesIO(_house_style()))


def layout(deck: Presentation, title: str) -> SlideLayout:
    found = deck.slide_layouts.get_by_name(title)
    assert found is not None, title
    return found


@cache
def _house_style() -> bytes:
    deck = pptx.Presentation()
    for unused in [found for found in deck.slide_layouts if found.name not in KEPT]:
        deck.slide_layouts.remove(unused)
    _widen(deck)
    _dress(deck)
    _drop_unwanted(deck)
    assert deck.notes_master  # is made by being asked for
    stream = io.BytesIO()
    deck.save(stream)
    return timeless(stream.getvalue(), _mended)


def _mended(name: str, content: bytes) -> bytes:
    if name.startswith("ppt/theme/"):
        return _house_theme(content.decode()).encode()
    return _in_chinese(content.decode()).encode() if name.endswith(".xml") else content


def _widen(deck: Presentation) -> None:
    """Every placeholder keeps its share of the width; titles take our places."""
    before = deck.slide_width or emu(10)
    deck.slide_width, deck.slide_height = emu(WIDTH), emu(HEIGHT)  # type: ignore[assignment]
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            if shape.element.spPr.xfrm is not None:
                shape.left = round(shape.left * deck.slide_width / before)
                shape.width = round(shape.width * deck.slide_width / before)


def _dress(deck: Presentation) -> None:
    cover, content = (layout(deck, name) for name in KEPT)  # under their old names still
    _place(deck.slide_master.placeholders[0], TITLE)
    _place(cover.placeholders[0], COVER_TITLE)
    _place(cover.placeholders[1], COVER_SUBTITLE)
    _ground(cover, DEEP)
    _decorate(cover, "装饰线", COVER_BAR, palette.GOLD)
    _decorate(content, "标题线", RULE, palette.HAIRLINE)
    _decorate(content, "标题强调线", ACCENT, palette.JADE)


def _place(placeholder: object, box: Box) -> None:
    for name in ("left", "top", "width", "height"):
        setattr(placeholder, name, emu(getattr(box, name)))


def _ground(page: SlideLayout, colour: str) -> None:
    background = f"<p:bg {NAMESPACES}><p:bgPr>{solid(colour)}<a:effectLst/></p:bgPr></p:bg>"
    page.element.cSld.insert(0, parse_xml(background))


def _decorate(page: SlideLayout, name: str, box: Box, colour: str) -> None:
    tree = page.shapes.element
    drawn = (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{100 + len(tree)}" name="{name}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{box.xfrm()}{preset("rect" if box.height else "line")}'
        f"{solid(colour) if box.height else NO_FILL}{line(None if box.height else colour, 1)}</p:spPr></p:sp>"
    )
    tree.append(parse_xml(drawn))


def _drop_unwanted(deck: Presentation) -> None:
    package = deck.part.package
    for relation in [found for found in package._rels.values() if found.reltype in UNWANTED]:
        package.drop_rel(relation.rId)
    for relation in [found for found in deck.part.rels.values() if found.reltype in UNWANTED]:
        deck.part.drop_rel(relation.rId)


def _house_theme(xml: str) -> str:
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{palette.bare(colour)}"/></a:{name}>' for name, colour in THEME_COLOURS
    )
    xml = re.sub(r"(<a:clrScheme[^>]*>).*?(</a:clrScheme>)", rf"\1{colours}\2", xml, flags=re.S)
    return theme_in(FONT, xml)


def _in_chinese(xml: str) -> str:
    """Prompts, language, layout names and bullets; titles stand left, bold and in ink."""
    for english, chinese in (*PROMPTS.items(), *KEPT.items()):
        xml = xml.replace(f">{english}<", f">{chinese}<").replace(f'name="{english}"', f'name="{chinese}"')
    xml = xml.replace('lang="en-US"', 'lang="zh-CN"').replace('typeface="Arial"', f'typeface="{FONT}"')
    title = re.search(r"<p:titleStyle>.*?</p:titleStyle>", xml, flags=re.S)
    if title is None:
        return xml
    styled = title.group().replace('algn="ctr"', 'algn="l"').replace('sz="4400"', 'sz="2600" b="1"')
    return xml.replace(title.group(), styled)
