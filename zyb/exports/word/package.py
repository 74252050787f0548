"""The file around the text: an empty Word package of our own, and saving that gives the same bytes every time.

The template that python-docx brings has Japanese and Latin fonts in its theme and four hundred kilobytes of
styles; ours has neither.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from functools import cache

import docx
from docx.document import Document

from zyb.briefing.model import Briefing
from zyb.exports.word.elements import clean
from zyb.exports.word.styles import WORD_NAMESPACE, fonts_xml, styles_xml

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# The earliest moment that a zip can hold, in place of the clock.
NO_PARTICULAR_TIME = (1980, 1, 1, 0, 0, 0)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SETTINGS = f"""<w:settings xmlns:w="{WORD_NAMESPACE}"><w:evenAndOddHeaders/><w:defaultTabStop w:val="420"/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:balanceSingleByteDoubleByteWidth/>
<w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode"
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>"""

CORE = f"""<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>"""

MAIN_RELATIONSHIPS = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""

PART_RELATIONSHIPS = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{OFFICE}/settings" Target="settings.xml"/>
<Relationship Id="rId3" Type="{OFFICE}/fontTable" Target="fontTable.xml"/></Relationships>"""

CONTENT_TYPES = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{CONTENT}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{CONTENT}.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="{CONTENT}.settings+xml"/>
<Override PartName="/word/fontTable.xml" ContentType="{CONTENT}.fontTable+xml"/>
<Override PartName="/docProps/core.xml"
ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""

DOCUMENT = (
    f"""<w:document xmlns:w="{WORD_NAMESPACE}" xmlns:r="{OFFICE}"><w:body><w:sectPr/></w:body></w:document>"""
)


@cache
def _blank_package() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": MAIN_RELATIONSHIPS,
            "word/document.xml": DOCUMENT,
            "word/_rels/document.xml.rels": PART_RELATIONSHIPS,
            "word/styles.xml": styles_xml(),
            "word/settings.xml": SETTINGS,
            "word/fontTable.xml": fonts_xml(),
            "docProps/core.xml": CORE,
        }.items():
            package.writestr(name, DECLARATION + text)
    return stream.getvalue()


def blank() -> Document:
    return docx.Document(io.BytesIO(_blank_package()))


def describe(document: Document, briefing: Briefing) -> None:
    """Title, author and the day that the document bears; never the clock."""
    about = document.core_properties
    made = datetime.combine(briefing.made, time())
    about.title = clean("".join(briefing.title))[:255]
    about.author = about.last_modified_by = clean(briefing.issuer)[:255]
    about.language = "zh-CN"
    about.created = about.modified = made
    about.revision = 1


def packed(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return _without_clock(stream)


def _without_clock(stream: io.BytesIO) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as written, zipfile.ZipFile(out, "w") as package:
        for name in written.namelist():
            entry = zipfile.ZipInfo(name, NO_PARTICULAR_TIME)
            entry.create_system, entry.external_attr = 0, 0
            package.writestr(entry, written.read(name), zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()
