"""Text that would like to be markup, and a page as an HTML parser sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from hypothesis import strategies as st

PIECES = (
    '"', "'", "`", "=", "&", "<", ">", "/>", "</td>", "</div>", "<script>alert(1)</script>", "<!--", "-->", "]]>",
    "<![CDATA[", "<?", '" onload="', "' style='", "&amp;", "&lt;", "&quot", "&#34;", "\\", "{}", "%s", "\n", "陕西省",
)  # fmt: skip
HOSTILE = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
# Where a builder has a word of its own for no text.
SOMETHING = HOSTILE.filter(bool)

Attributes = dict[str, str | None]


@dataclass
class Page(HTMLParser):
    """The elements in their order, and what is written in them."""

    elements: list[tuple[str, Attributes]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def text(self) -> str:
        return "".join(self.texts)

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.elements]


def seen(markup: str) -> Page:
    page = Page()
    page.feed(markup)
    page.close()
    return page
