"""The bulletin in Word: what it says, how it is laid out, and that nothing in it comes from the clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table as WordTable
from lxml import etree

from tests.briefings import SHAANXI, SILENT, league, many, matrix, sample, section
from zyb.briefing.checklist import checklist
from zyb.briefing.model import Briefing, Paragraph, Sentence
from zyb.briefing.report_table import ReportTable
from zyb.exports.word import write_word
from zyb.exports.word.chart import CAPTION_MM, HIGHEST_MM, ROOM_FOR_CHART
from zyb.exports.word.fitting import broken
from zyb.exports.word.tables import with_shape
from zyb.palette import SHAPES, TINTS, bare

ODD = {
    "one region": sample(regions=SHAANXI[:1]),
    "21 regions with long names": sample(regions=many(21)),
    "nobody reported": sample(regions=SILENT),
    "30 columns": sample(annexes=(league(section()), matrix(section()))),
    "ten columns between two others": sample(
        annexes=(league(section()), matrix(section(), 9), league(section()))
    ),
    "a demo without red head": sample("monthly", demo=True),
    "no annexes": sample("weekly", annexes=()),
    "nothing filled in": sample(issuer="", addressees="", copies="", number="", notes=()),
    "an empty table": sample(annexes=(replace(league(section()), rows=(), total=None, tones=()),)),
}
every_briefing = pytest.mark.parametrize("briefing", [sample(), *ODD.values()], ids=["quarterly", *ODD])


# The same Briefing gives the same bytes (tested below), so once is enough.
written_once = cache(write_word)


def opened(briefing: Briefing) -> Document:
    document = docx.Document(io.BytesIO(written_once(briefing)))
    assert document.sections
    return document


def parts(briefing: Briefing) -> dict[str, bytes]:
    """Of the file, and of the workbook behind its chart."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(written_once(briefing))) as package:
        for name in package.namelist():
            found[name] = package.read(name)
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(found.pop(name))) as book:
                    found |= {f"{name}/{inner}": book.read(inner) for inner in book.namelist()}
    assert "word/document.xml" in found
    return found


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def annex_tables(document: Document) -> list[WordTable]:
    """Those in the text; the imprint's stands in a box."""
    return list(document.tables)


def cells(table: WordTable) -> list[list[str]]:
    return [[cell.text.replace("\n", "") for cell in row.cells] for row in table.rows]


def said(table: ReportTable) -> list[list[str]]:
    """As a document says it: a verdict with its shape."""
    rows = [[column.title for column in table.columns], *table.texts()]
    for place, tone in enumerate(table.tones, 1):
        rows[place] = [
            with_shape(text, tone) if column.kind == "verdict" else text
            for text, column in zip(rows[place], table.columns, strict=True)
        ]
    return rows


def box_texts(document: Document) -> list[str]:
    boxes = document.element.body.iter(qn("w:txbxContent"))
    return ["".join(t.text for t in p.iter(qn("w:t"))) for box in boxes for p in box.iter(qn("w:p"))]


def paragraph_of(document: Document, text: str) -> docx.text.paragraph.Paragraph:
    return next(paragraph for paragraph in document.paragraphs if paragraph.text == text)


def keeps_next(paragraph: docx.text.paragraph.Paragraph) -> bool:
    style = paragraph.style
    own = paragraph.paragraph_format.keep_with_next
    return bool(own or (style is not None and style.paragraph_format.keep_with_next))


# -- what it says -------------------------------------------------------------------------


@every_briefing
def test_every_paragraph_stands_in_the_document_in_order(briefing: Briefing) -> None:
    written = texts(opened(briefing))
    at = [written.index(paragraph.text) for paragraph in briefing.paragraphs]
    assert at == sorted(at)


@every_briefing
def test_every_number_of_every_annex_stands_in_its_table(briefing: Briefing) -> None:
    """A table too wide is continued: its name column stands again, everything else once."""
    tables = iter(annex_tables(opened(briefing)))
    for annex in briefing.annexes:
        wanted, found = said(annex), cells(next(tables))
        while len(found[0]) < len(wanted[0]):
            found = [row + further[1:] for row, further in zip(found, cells(next(tables)), strict=True)]
        assert found == wanted
    assert list(tables) == []


@every_briefing
def test_notes_titles_and_units_stand_in_the_document(briefing: Briefing) -> None:
    written = "\n".join(texts(opened(briefing)))
    for annex in briefing.annexes:
        assert all(text in written for text in (annex.title, annex.unit, *annex.notes))
    assert all(note in written for note in briefing.notes)
    judged = any(column.kind == "verdict" for annex in briefing.annexes for column in annex.columns)
    assert (briefing.told_rules in written) == judged


def test_a_note_that_an_annex_says_is_not_said_again() -> None:
    note = league(section()).notes[0]
    assert "\n".join(texts(opened(sample(notes=(note,))))).count(note) == 1


def test_the_shape_is_not_said_twice() -> None:
    assert with_shape("▼进展缓慢*", "lagging") == "▼进展缓慢*"
    assert with_shape("进展缓慢", "lagging") == "▼进展缓慢"
    assert with_shape("—", "") == "—"


def test_what_a_number_corrects_is_said() -> None:
    written = "\n".join(texts(opened(sample(revises="陕卫办职业函〔2024〕9号", changes="延安市数据更正。"))))
    assert "本件修订陕卫办职业函〔2024〕9号。延安市数据更正。" in written


# -- head and end -------------------------------------------------------------------------


def test_a_quarterly_bulletin_has_a_red_head_with_number_and_rule() -> None:
    document = opened(sample())
    head, number, title, addressees = document.paragraphs[:4]
    assert head.text == "陕西省卫生健康委办公室"
    assert str(head.style.font.color.rgb) == "E60012"  # type: ignore[union-attr]
    assert number.text == "陕卫办职业函〔2024〕12号"
    rule = number._p.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    assert rule is not None and rule.get(qn("w:color")) == "E60012"
    assert title.text == "关于全省职业病危害专项治理工作\n进展情况的通报"
    assert addressees.text == "各设区市、杨凌示范区、韩城市卫生健康委（局）："


@pytest.mark.parametrize("kind", ["weekly", "monthly"])
def test_an_inner_report_begins_with_its_title(kind: str) -> None:
    document = opened(sample(kind))
    assert document.paragraphs[0].text.startswith("关于全省")
    assert "陕卫办职业函〔2024〕12号" not in texts(document)


def test_a_number_still_to_be_given_leaves_room() -> None:
    assert opened(sample(number="")).paragraphs[1].text == "〔2024〕　　号"


def test_a_long_authority_stays_on_one_line() -> None:
    name = "某某省职业病危害专项治理工作领导小组办公室"
    size = opened(sample(issuer=name)).paragraphs[0].runs[0].font.size
    assert size is not None and size.mm * len(name) <= 156


def test_annexes_are_listed_and_the_only_one_has_no_number() -> None:
    written = texts(opened(sample()))
    assert {"附件：1.各市（区）职业病危害专项治理进展情况表", "2.各市（区）倒排工期任务表"} <= set(written)
    assert {"附件1", "附件2"} <= set(written)
    single = texts(opened(sample(annexes=(league(section()),))))
    assert {"附件：各市（区）职业病危害专项治理进展情况表", "附件"} <= set(single)


def test_the_signature_never_stands_alone_on_a_page() -> None:
    """From the last paragraph of the text on, everything holds on to the next up to the last line."""
    document = opened(sample())
    written = texts(document)
    first = written.index(sample().paragraphs[-1].text)
    last = written.index("（信息公开形式：依申请公开）")
    assert "2024年3月5日" in written[first:last]
    assert all(keeps_next(paragraph) for paragraph in document.paragraphs[first:last])
    assert not keeps_next(document.paragraphs[last])


def test_a_long_last_paragraph_may_end_on_another_page_than_the_list_that_holds_the_date() -> None:
    last = Paragraph("body", (Sentence("", "永" * 300),))
    document = opened(sample(paragraphs=(*sample().paragraphs, last)))
    written = texts(document)
    assert not keeps_next(paragraph_of(document, last.text))
    first, end = (
        written.index("附件：1.各市（区）职业病危害专项治理进展情况表"),
        written.index("2024年3月5日"),
    )
    assert all(keeps_next(paragraph) for paragraph in document.paragraphs[first : end + 1])


@pytest.mark.parametrize(
    ("issuer", "right_of_issuer", "right_of_date"),
    # The date is 6 characters and 5 quarters wide and stands 4 from the edge.
    [("某某委办公室", 462, 400), ("陕西省卫生健康委办公室", 212, 400), ("某" * 20, 0, 638)],
)
def test_the_date_stands_four_characters_in_and_the_authority_over_its_middle(
    issuer: str, right_of_issuer: int, right_of_date: int
) -> None:
    document = opened(sample("weekly", issuer=issuer, copies=""))
    chars = [
        int(paragraph_of(document, text)._p.find(f".//{qn('w:ind')}").get(qn("w:rightChars")))
        for text in (issuer, "2024年3月5日")
    ]
    assert chars == [right_of_issuer, right_of_date]


def test_the_imprint_names_copies_issuer_and_date() -> None:
    written = box_texts(opened(sample()))
    assert "抄送：省疾病预防控制中心，省卫生健康监督中心，省职业病防治院。" in written
    assert {"陕西省卫生健康委办公室", "2024年3月5日印发"} <= set(written)


def test_the_imprint_is_the_last_thing_and_its_paragraph_is_as_high_as_it() -> None:
    holder = opened(sample()).paragraphs[-1]
    extent = next(holder._p.iter(qn("wp:extent")))
    assert holder.paragraph_format.line_spacing is not None
    assert int(holder.paragraph_format.line_spacing) >= int(extent.get("cy"))


def test_an_inner_report_without_copies_has_no_imprint() -> None:
    assert box_texts(opened(sample("weekly", copies=""))) == []


# -- the page -----------------------------------------------------------------------------


def test_the_page_is_that_of_the_standard() -> None:
    document = opened(sample())
    (page,) = document.sections
    sizes = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    wanted = (210, 297, 37, 35, 28, 26)
    assert [round(size.mm, 1) for size in sizes if size] == list(wanted)  # type: ignore[attr-defined]
    grid = page._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_22_lines_and_28_characters_fill_the_page() -> None:
    document = opened(sample())
    style = next(p.style for p in document.paragraphs if p.text == sample().paragraphs[0].text)
    assert style is not None and style.paragraph_format.line_spacing is not None
    line = style.paragraph_format.line_spacing.pt  # type: ignore[union-attr]
    spacing = style.element.find(f"{qn('w:rPr')}/{qn('w:spacing')}").get(qn("w:val"))
    character = style.font.size.pt + int(spacing) / 20  # type: ignore[union-attr]
    height, width = Mm(225).pt, Mm(156).pt
    assert 22 * line <= height < 23 * line
    assert 28 * character <= width < 29 * character


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    document = opened(sample())
    assert document.settings.odd_and_even_pages_header_footer
    (page,) = document.sections
    for footer, side in ((page.footer, "right"), (page.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        letters = [t.text for t in paragraph._p.iter(qn("w:t"))]
        assert letters == ["— ", "1", " —"]
        assert paragraph._p.find(f".//{qn('w:jc')}").get(qn("w:val")) == side
        assert paragraph._p.find(f".//{qn('w:ind')}").get(qn(f"w:{side}Chars")) == "100"


def test_page_numbers_run_on_through_the_annexes() -> None:
    numbered = [
        page._sectPr.find(qn("w:pgNumType"))
        for page in opened(ODD["ten columns between two others"]).sections
    ]
    assert len(numbered) > 1 and set(numbered) == {None}


def test_more_than_nine_columns_lie_on_their_side_and_the_imprint_stands_upright() -> None:
    upright, lying = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    turned = [page.orientation for page in opened(ODD["ten columns between two others"]).sections]
    assert turned == [upright, lying, upright]
    last_lying = opened(ODD["30 columns"])
    assert [page.orientation for page in last_lying.sections] == [upright, lying, upright]
    assert list(last_lying.paragraphs[-1]._p.iter(qn("w:txbxContent")))


def test_a_paper_kept_inside_is_not_published_and_has_a_line_for_each_signature() -> None:
    paper = docx.Document(io.BytesIO(write_word(checklist(sample("monthly")), publication="")))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert [text for text in texts if text.endswith("：")] == ["校核人：", "审核人：", "日　期："]
    assert not any("信息公开" in text for text in texts)


def test_every_annex_begins_on_a_new_page() -> None:
    """By a page break, or by the new section of a page that lies on its side."""
    document = opened(ODD["ten columns between two others"])
    body = list(document.element.body)
    for mark in ("附件1", "附件2", "附件3"):
        paragraph = paragraph_of(document, mark)
        before = body[body.index(paragraph._p) - 1]
        in_new_section = before.find(f".//{qn('w:sectPr')}") is not None
        assert bool(paragraph.paragraph_format.page_break_before) != in_new_section


@every_briefing
def test_a_demo_is_marked_on_every_page_and_nothing_else_is(briefing: Briefing) -> None:
    for page in opened(briefing).sections:
        for header in (page.header, page.even_page_header):
            written = "".join(paragraph.text for paragraph in header.paragraphs)
            assert written == briefing.demo_warning


# -- tables and chart ---------------------------------------------------------------------


def test_the_head_repeats_and_no_row_is_torn() -> None:
    tables = annex_tables(opened(sample()))
    assert len(tables) == len(sample().annexes) > 0
    for table in tables:
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_the_sum_stays_with_the_last_region() -> None:
    table = annex_tables(opened(sample()))[0]
    assert [cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[-2].cells] == [True] * 9


def test_a_verdict_is_told_by_ground_shape_and_word_in_black() -> None:
    annex = league(section())
    table = annex_tables(opened(sample()))[0]
    assert len(annex.tones) == 12
    for tone, row in zip(annex.tones, table.rows[1:-1], strict=True):
        *others, judged = row.cells
        shade = judged._tc.find(f".//{qn('w:shd')}")
        assert shade is not None and shade.get(qn("w:fill")) == bare(TINTS[tone])
        assert judged.text.startswith(SHAPES[tone])
        assert judged._tc.find(f".//{qn('w:color')}") is None
        assert all(cell._tc.find(f".//{qn('w:shd')}") is None for cell in others)


@every_briefing
def test_tables_fill_the_width_of_the_text(briefing: Briefing) -> None:
    tables = annex_tables(opened(briefing))
    assert bool(tables) == bool(briefing.annexes)
    for table in tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.iter(qn("w:gridCol"))]
        assert round(sum(grid) / 1440 * 25.4) in (156, 225)
        widths = [[int(w.get(qn("w:w"))) for w in row._tr.iter(qn("w:tcW"))] for row in table.rows]
        assert widths == [grid] * len(table.rows)


@pytest.mark.parametrize(
    ("title", "room", "lines"),
    [
        ("完成率", 3, ["完成率"]),
        ("纳入治理", 3, ["纳入", "治理"]),
        ("差（百分点）", 5, ["差", "（百分点）"]),
        ("较上期新增", 4, ["较上期", "新增"]),
    ],
)
def test_a_head_is_broken_into_even_lines(title: str, room: float, lines: list[str]) -> None:
    assert broken(title, room) == lines


CHART = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


@pytest.mark.parametrize("kind", ["monthly", "quarterly"])
def test_the_chart_says_the_numbers_of_the_ranking(kind: str) -> None:
    briefing = sample(kind)
    xml = etree.fromstring(parts(briefing)["word/charts/chart1.xml"])
    values = xml.xpath("//c:barChart//c:val//c:v/text()", namespaces=CHART)
    names = xml.xpath("//c:barChart//c:cat//c:v/text()", namespaces=CHART)
    percents = [row[4] for row in briefing.annexes[0].texts()[:-1]]
    assert values == percents
    assert names == [line.short for line in briefing.sections[0].ranked()]
    assert set(xml.xpath("//c:lineChart//c:val//c:v/text()", namespaces=CHART)) == {"53.0"}


def test_the_chart_opens_a_workbook_with_the_same_numbers() -> None:
    with zipfile.ZipFile(io.BytesIO(written_once(sample()))) as package:
        book = openpyxl.load_workbook(io.BytesIO(package.read("word/embeddings/league.xlsx")))
    rows = list(book["排名"].iter_rows(values_only=True))
    assert rows[0] == ("地区", "完成率（%）", "序时进度（%）")
    assert rows[1] == ("汉中", 73.7, 53.0) and len(rows) == 13


@pytest.mark.parametrize("more_rows", [0, 3])
def test_the_chart_shrinks_to_stay_with_its_table_and_the_notes_of_the_document_go_overleaf(
    more_rows: int,
) -> None:
    plain = sample()
    table = plain.annexes[0]
    rows, tones = (*table.rows, *table.rows[:more_rows]), (*table.tones, *table.tones[:more_rows])
    longer = replace(table, rows=rows, tones=tones)
    briefing = replace(plain, annexes=(longer, *plain.annexes[1:]), notes=("口径说明" * 20,) * 20)
    frame = next(opened(briefing).element.body.iter(qn("wp:extent")))
    assert ROOM_FOR_CHART - CAPTION_MM <= int(frame.get("cy")) / 36000 < HIGHEST_MM


def test_what_the_colours_of_the_chart_mean_stands_below_it() -> None:
    told = [paragraph.text for paragraph in opened(sample()).paragraphs]
    assert "绿色：进展较快、达到序时；橙色：相对滞后；红色：进展缓慢。" in told


@pytest.mark.parametrize("briefing", [sample("yearly"), ODD["one region"], ODD["nobody reported"]])
def test_a_chart_that_says_nothing_is_not_drawn(briefing: Briefing) -> None:
    assert not any("chart" in name for name in parts(briefing))


# -- the file -----------------------------------------------------------------------------


@every_briefing
def test_the_same_briefing_gives_the_same_bytes(briefing: Briefing, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_word(briefing)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert write_word(briefing) == first


def test_the_clock_is_not_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(written_once(sample()))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_describes_itself() -> None:
    about = opened(sample()).core_properties
    assert about.title == "关于全省职业病危害专项治理工作进展情况的通报"
    assert about.author == "陕西省卫生健康委办公室"
    assert about.language == "zh-CN"
    assert about.created is not None and about.created.date() == date(2024, 3, 5)


def written_parts(briefing: Briefing) -> dict[str, bytes]:
    """What Word shows: without the tables that its charts bring along."""
    return {
        name: content
        for name, content in parts(briefing).items()
        if name.startswith("word/") and name.endswith(".xml") and "/embeddings/" not in name
    }


@every_briefing
def test_every_run_names_its_fonts_for_all_letters(briefing: Briefing) -> None:
    roots = [etree.fromstring(content) for name, content in written_parts(briefing).items()]
    runs = [run for root in roots for run in root.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    assert len(runs) > 10
    for run in runs:
        given = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert all(given.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs"))


@every_briefing
def test_no_part_of_the_file_knows_a_foreign_font(briefing: Briefing) -> None:
    foreign = re.compile("Calibri|Cambria|MS Mincho|ＭＳ|Arial|asciiTheme|eastAsiaTheme|ja-JP")
    for name, content in parts(briefing).items():
        assert foreign.findall(content.decode("utf-8")) == [], name


def nasty() -> Briefing:
    """Data that wants to be a formula, a field, a link or markup, and characters that XML does not know."""
    text = '=cmd|\'/c calc\'!A0 @SUM(A1) +1 -1 <w:fldSimple w:instr="DATE"/> { HYPERLINK "http://x" } &amp;\x00\x07\ufffe\u202e尾'
    annex = league(section())
    row = (annex.rows[0][0], text, *annex.rows[0][2:])
    return sample(
        title=(text,), issuer=text, addressees=text, copies=text, number=text, demo_warning=text, notes=(text,),
        paragraphs=(Paragraph("body", (Sentence("", text),)),),
        annexes=(replace(annex, title=text, units=(text,), notes=(text,), rows=(row, *annex.rows[1:])),),
    )  # fmt: skip


CLEANED = '=cmd|\'/c calc\'!A0 @SUM(A1) +1 -1 <w:fldSimple w:instr="DATE"/> { HYPERLINK "http://x" } &amp;尾'


def test_text_from_data_stays_text() -> None:
    document = opened(nasty())
    written = texts(document)
    assert CLEANED in written
    assert cells(annex_tables(document)[0])[1][1] == CLEANED
    assert f"抄送：{CLEANED}。" in box_texts(document)


@pytest.mark.parametrize("briefing", [nasty(), *ODD.values()])
def test_the_only_fields_are_page_numbers_and_there_are_no_links(briefing: Briefing) -> None:
    links = [content for name, content in parts(briefing).items() if name.endswith(".rels")]
    found = {
        name: list(fields(etree.fromstring(content))) for name, content in written_parts(briefing).items()
    }
    assert len(links) > 1 and ["PAGE"] in found.values()
    assert [content for content in links if b"TargetMode" in content] == []
    assert {name: told for name, told in found.items() if told not in ([], ["PAGE"])} == {}


def fields(part: etree._Element) -> Iterator[str]:
    yield from (field.get(qn("w:instr")) for field in part.iter(qn("w:fldSimple")))
    yield from (field.text for field in part.iter(qn("w:instrText"), qn("w:hyperlink")))
