"""A Briefing as a Word document in the layout of GB/T 9704-2012 党政机关公文格式, every part of it editable.

The same Briefing gives the same bytes: nothing in the file comes from the clock or from chance.
"""

from __future__ import annotations

from docx.document import Document

from zyb.briefing.model import Briefing
from zyb.exports.word.annexes import Stretch, annexes
from zyb.exports.word.body import PUBLICATION, body
from zyb.exports.word.elements import Element, paragraph
from zyb.exports.word.heights import notes_height
from zyb.exports.word.imprint import add_imprint, imprint_height, upright
from zyb.exports.word.notes import general_notes, numbered
from zyb.exports.word.opening import opening
from zyb.exports.word.package import blank, describe, packed
from zyb.exports.word.page import PORTRAIT, Pages
from zyb.exports.word.styles import NOTE


def write_word(briefing: Briefing, publication: str = PUBLICATION) -> bytes:
    """`publication` is the line below the date; a paper that is kept inside has none."""
    document, red_head = blank(), briefing.red_head
    said, imprinted = general_notes(briefing), red_head or bool(briefing.copies)
    ending = notes_height(said, PORTRAIT) + (imprint_height(briefing) if imprinted else 0.0)
    text = Stretch(PORTRAIT, [*opening(briefing, red_head), *body(briefing, publication)])
    stretches = annexes(document, briefing, text, ending)
    if imprinted:
        upright(stretches)
    stretches[-1].content += numbered("说明", said)
    if imprinted:
        add_imprint(briefing, stretches)
    _bind(document, stretches, Pages(document, briefing.demo_warning))
    describe(document, briefing)
    return packed(document)


def _bind(document: Document, stretches: list[Stretch], pages: Pages) -> None:
    """The properties of a section hang on its last paragraph, those of the last one on the body."""
    content = document.element.body
    content[:] = []
    for stretch in stretches[:-1]:
        content.extend(stretch.content)
        content.append(_ending(pages.section(stretch.sheet)))
    content.extend(stretches[-1].content)
    content.append(pages.section(stretches[-1].sheet))


def _ending(section: Element) -> Element:
    """A paragraph too low to be seen."""
    made = paragraph(NOTE, line=20)
    made[0].append(section)
    return made


__all__ = ["write_word"]
