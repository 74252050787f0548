"""Fonts and paragraph styles of GB/T 9704-2012, as one table.

Sizes are points: 二号 22, 三号 16, 四号 14, 小四 12, 五号 10.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import quoteattr

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# 225 mm in 22 lines: 28.95 points.
LINE = 579
CHARACTER = 320
# 156 mm hold 28 characters of 15.79 points: a 三号 character is set a quarter of a point closer.
CLOSER = -5
RED = "E60012"


@dataclass(frozen=True)
class Face:
    """A Chinese font and the one of its letters and digits."""

    chinese: str
    latin: str


# Font, what Word takes where it is not installed, and the family to look in where that is missing too.
SUBSTITUTES = {
    "方正小标宋简体": ("宋体", "roman"),
    "仿宋_GB2312": ("仿宋", "roman"),
    "楷体_GB2312": ("楷体", "roman"),
    "黑体": ("SimHei", "swiss"),
    "宋体": ("SimSun", "roman"),
    "Times New Roman": ("Times New Roman", "roman"),
}
TITLE_SONG, FANG_SONG, KAI, HEI, SONG = (Face(name, name) for name in list(SUBSTITUTES)[:5])
# In tables the digits of Times New Roman stand closer.
TABLE_FANG_SONG, TABLE_HEI = (Face(face.chinese, "Times New Roman") for face in (FANG_SONG, HEI))

Alignment = Literal["both", "left", "center", "right"]


@dataclass(frozen=True, kw_only=True)
class ParagraphStyle:
    """A paragraph style. `indent` is in characters, `line` and `before` in twips.

    What is off the `grid` of 22 lines keeps its own line height. `outline` is the level in the navigator.
    """

    id: str
    title: str
    face: Face
    size: float
    align: Alignment = "both"
    line: int = LINE
    before: int = 0
    indent: int = 0
    colour: str = ""
    keep_next: bool = False
    grid: bool = True
    outline: int | None = None


BODY = ParagraphStyle(id="Body", title="公文正文", face=FANG_SONG, size=16, indent=2)
PLAIN = ParagraphStyle(id="Plain", title="公文顶格", face=FANG_SONG, size=16)
HEADING = ParagraphStyle(
    id="Heading", title="公文一级标题", face=HEI, size=16, indent=2, keep_next=True, outline=0
)
SUBHEADING = ParagraphStyle(
    id="Subheading", title="公文二级标题", face=KAI, size=16, indent=2, keep_next=True, outline=1
)
TITLE = ParagraphStyle(
    id="Headline", title="公文标题", face=TITLE_SONG, size=22, align="center", line=640, grid=False
)
AUTHORITY = ParagraphStyle(
    id="Authority",
    title="发文机关标志",
    face=TITLE_SONG,
    size=40,
    align="center",
    line=1100,
    colour=RED,
    grid=False,
)
NUMBER = ParagraphStyle(id="Number", title="发文字号", face=FANG_SONG, size=16, align="center")
ANNEX_MARK = ParagraphStyle(
    id="AnnexMark", title="附件标识", face=HEI, size=16, align="left", keep_next=True, outline=0
)
ANNEX_TITLE = ParagraphStyle(
    id="AnnexTitle",
    title="附件标题",
    face=TITLE_SONG,
    size=22,
    align="center",
    line=640,
    keep_next=True,
    grid=False,
)
UNIT = ParagraphStyle(
    id="Unit",
    title="表格单位",
    face=TABLE_FANG_SONG,
    size=10.5,
    align="right",
    line=320,
    before=80,
    keep_next=True,
    grid=False,
)
CELL = ParagraphStyle(
    id="Cell", title="表格正文", face=TABLE_FANG_SONG, size=12, align="center", line=320, grid=False
)
CELL_HEAD = ParagraphStyle(
    id="CellHead", title="表格标题行", face=TABLE_HEI, size=12, align="center", line=320, grid=False
)
NOTE = ParagraphStyle(id="Note", title="表注", face=TABLE_FANG_SONG, size=10.5, line=320, grid=False)
CAPTION = ParagraphStyle(
    id="Caption", title="图题", face=TABLE_HEI, size=12, align="center", line=400, keep_next=True, grid=False
)
IMPRINT = ParagraphStyle(
    id="Imprint", title="版记", face=FANG_SONG, size=14, align="left", line=500, grid=False
)
PAGE_NUMBER = ParagraphStyle(
    id="PageNumber", title="公文页码", face=SONG, size=14, align="right", line=400, grid=False
)
DEMO = ParagraphStyle(
    id="Demo", title="演示数据标记", face=HEI, size=14, align="center", line=400, colour=RED, grid=False
)

STYLES = (
    BODY,
    PLAIN,
    HEADING,
    SUBHEADING,
    TITLE,
    AUTHORITY,
    NUMBER,
    ANNEX_MARK,
    ANNEX_TITLE,
    UNIT,
    CELL,
    CELL_HEAD,
    NOTE,
    CAPTION,
    IMPRINT,
    PAGE_NUMBER,
    DEMO,
)


def styles_xml() -> str:
    written = "".join(map(_style_xml, STYLES))
    return (
        f'<w:styles xmlns:w="{WORD_NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts_xml(FANG_SONG)}'
        f'{_size_xml(16)}<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="Letters">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        f'{_TABLE_STYLE}<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        f'<w:name w:val="No List"/></w:style>{written}</w:styles>'
    )


_TABLE_STYLE = (
    '<w:style w:type="table" w:default="1" w:styleId="NormalTable"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
)


def _style_xml(style: ParagraphStyle) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}">'
        f'<w:name w:val="{style.title}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{_paragraph_xml(style)}</w:pPr><w:rPr>{_letters_xml(style)}</w:rPr></w:style>"
    )


def _paragraph_xml(style: ParagraphStyle) -> str:
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    indent = round(style.indent * style.size * 20)
    return (
        ("<w:keepNext/>" if style.keep_next else "")
        + '<w:widowControl w:val="0"/>'
        + ("" if style.grid else '<w:snapToGrid w:val="0"/>')
        + f'<w:spacing w:before="{style.before}" w:after="0" w:line="{style.line}" w:lineRule="exact"/>'
        + f'<w:ind w:firstLineChars="{style.indent * 100}" w:firstLine="{indent}"/>'
        + f'<w:jc w:val="{style.align}"/>{outline}'
    )


def _letters_xml(style: ParagraphStyle) -> str:
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    closer = f'<w:spacing w:val="{CLOSER}"/>' if style.size == BODY.size else ""
    return f"{_fonts_xml(style.face)}{colour}{closer}{_size_xml(style.size)}"


def _fonts_xml(face: Face) -> str:
    latin = quoteattr(face.latin)
    return (
        f"<w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={quoteattr(face.chinese)} w:cs={latin}"
        ' w:hint="eastAsia"/>'
    )


def _size_xml(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def fonts_xml() -> str:
    written = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/>'
        f'<w:charset w:val="{"00" if name.isascii() else "86"}"/><w:family w:val="{family}"/></w:font>'
        for name, (other, family) in SUBSTITUTES.items()
    )
    return f'<w:fonts xmlns:w="{WORD_NAMESPACE}">{written}</w:fonts>'
