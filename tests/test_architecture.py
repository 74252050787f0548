"""Imports point one way, outside libraries come in by one door, and every page is locked at its first line."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TypeGuard

import pytest

from zyb.ui.frame.navigation import CAMPAIGN_SCRIPT, pages

ROOT = Path(__file__).resolve().parents[1]

# A module imports only from lines above its own. A new module gets its line here.
LAYERS = (
    ("errors", "letters"),
    ("access", "numerals", "periods", "palette", "records", "settings", "inert", "atomic_files"),
    ("html",),
    ("reading",),
    ("rulebook",),
    ("standing",),
    ("wording",),
    ("maps", "intake"),
    ("inquiries",),
    ("store",),
    ("answers",),
    ("sqldesk",),
    ("crosscheck",),
    ("quality",),
    ("changes",),
    ("uploads",),
    ("alerting",),
    ("briefing",),
    ("deck",),
    ("exports",),
    ("demo",),
    ("proofreading",),
    ("web",),
    ("ui",),
    ("cli",),
    ("__main__",),
)
# Why a module belongs to no package: it serves those on both sides of several borders. Another needs as good a reason.
LOOSE = {
    "errors": "every package raises what the person at the screen is told",
    "letters": "how wide text is, and what nobody sees of it: asked by readers, documents and the terminal",
    "access": "who may: asked by whatever changes something or hands out a file, and by the pages beforehand",
    "numerals": "one way to print a figure, in problems, sentences, documents and on the screen",
    "periods": "one count of days, pace and weeks, for rules, standings and all that prints a day",
    "palette": "the same colours and fonts on maps, on the screen and in documents",
    "records": "what the store and those above and below it hand each other",
    "settings": "the environment, read at one place",
    "inert": "nothing that leaves is obeyed, whichever package it leaves from",
    "atomic_files": "whole or not at all, whoever writes",
    "proofreading": "every package that reads rules is asked once, by the server and by the command line",
}
LINE = {module: number for number, layer in enumerate(LAYERS) for module in layer}

# Library → the only places that may import it.
DOORS = {
    "duckdb": ("zyb/store",),
    "plotly": ("zyb/maps",),
    "streamlit": ("zyb/ui", "pages", "app"),
    "markupsafe": ("zyb/html",),
    "html": ("zyb/exports",),
    "starlette": ("zyb/web", "app"),
    "uvicorn": ("zyb/web", "app"),
    "rapidfuzz": ("zyb/crosscheck",),
    "sqlglot": ("zyb/sqldesk",),
    "python_calamine": ("zyb/reading",),
    "fastexcel": ("zyb/reading",),
    "openpyxl": ("zyb/exports",),
    "xlsxwriter": ("zyb/exports",),
    "docx": ("zyb/exports",),
    "pptx": ("zyb/exports",),
}

# What a person does to the store, or takes out of it → the one module that asks first whether they may. `issue` is
# what signing ends in; the figures of the notices and sums of new rules are written by the program itself.
GUARDED = {
    "save_snapshots": {"uploads/accepting.py", "uploads/published.py"},
    "save_snapshot": set(),
    "retally": {"uploads/retallying.py"},
    "withdraw": {"uploads/permitted.py"},
    "original": {"uploads/permitted.py"},
    "take_note_of_loss": {"uploads/permitted.py"},
    "learn": {"uploads/remembering.py"},
    "forget": {"uploads/remembering.py"},
    "add_alert_record": {"alerting/records.py"},
    "add_verdict_record": {"answers/judging.py"},
    "add_duty_tick": {"answers/ticking.py"},
    "add_finding_record": {"crosscheck/acts.py"},
    "add_link_record": {"crosscheck/acts.py"},
    "add_bulletin": {"briefing/issued/bulletins.py"},
    "add_rewordings": {"briefing/text/rewording.py"},
    "asked_rows": {"exports/inquiries/rows.py"},
    "add_checks": {"uploads/checking.py"},
    "save_view": {"answers/saving.py"},
    "forget_view": {"answers/saving.py"},
    "note_unmasked": {"answers/saving.py"},
    "write_desk_copy": {"sqldesk/asking.py"},
    "note_statement": {"sqldesk/asking.py"},
}

# What fills a file that leaves → the one module that asks first who takes it; the demo invents its own tables.
WRITERS = {
    "write_word": {"exports/documents.py"},
    "write_slides": {"exports/documents.py"},
    "write_statistics": {"exports/documents.py"},
    "write_text": {"exports/documents.py"},
    "unfinished_rows": {"exports/books/unfinished.py"},
    "plain_workbook": {"exports/books/unfinished.py", "demo/files.py"},
}

# What is found once for the whole process: about texts, libraries, files that ship, or by the roster it was told.
KEPT_FOR_GOOD = {
    "deck/measuring.py: ems",
    "demo/enterprises.py: enterprises",
    "exports/books/pouring.py: _safe",
    "exports/slides/house.py: _house_style",
    "exports/word/package.py: _blank_package",
    "html/elements.py: _ends",
    "html/elements.py: _attribute_name",
    "intake/cells/boxes.py: plain_option",
    "intake/cells/values.py: _folds_into_digits",
    "maps/polygons.py: _code_digest",
    "sqldesk/views.py: _documented",
    "store/database.py: sql",
    "store/originals.py: _fingerprint_of",
    "ui/help/guide.py: _examples",
    "ui/upload/waiting.py: the_room",
    "ui/upload/background.py: _pool",
    "web/index_page.py: in_chinese",
}

LONGEST_PAGE, LONGEST_MODULE, LARGEST_FOLDER = 120, 450, 16
SCRIPTS = sorted((ROOT / "pages").rglob("*.py"))
SOURCES = [ROOT / "app.py", *sorted((ROOT / "zyb").rglob("*.py")), *SCRIPTS]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def imports(path: Path) -> tuple[str, ...]:
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    """Full names of everything imported anywhere in a file, `from zyb import rules` as zyb.rulebook.toml."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            start = [*above, *([node.module] if node.module else [])]
            yield from (".".join([*start, alias.name]) for alias in node.names)


def modules_of_ours(path: Path) -> set[str]:
    """The modules of zyb that a file imports; names of the package itself (its version) are not modules."""
    seconds = {name.split(".")[1] for name in imports(path) if name.startswith("zyb.")}
    return {name for name in seconds if not name.startswith("__version")}


def own_module(path: Path) -> str:
    return path.relative_to(ROOT / "zyb").parts[0].removesuffix(".py")


def passes(path: Path, door: str) -> bool:
    return named(path).startswith(f"{door}/") or named(path) == f"{door}.py"


def test_every_module_has_its_line() -> None:
    modules = {own_module(path) for path in (ROOT / "zyb").rglob("*.py")} - {"__init__"}
    assert modules - set(LINE) == set(), "write them into LAYERS, below everything they import"


def test_a_module_of_no_package_has_its_reason() -> None:
    loose = {path.stem for path in (ROOT / "zyb").glob("*.py")} - {"__init__", "__main__"}
    assert loose == set(LOOSE)


def test_imports_point_one_way() -> None:
    ours = list((ROOT / "zyb").rglob("*.py"))
    assert len(ours) > 300
    offenders = [
        f"{named(path)} → {module}"
        for path in ours
        if (own := own_module(path)) != "__init__"
        for module in modules_of_ours(path) - {own}
        if LINE.get(module, -1) >= LINE.get(own, len(LAYERS))
    ]
    assert offenders == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_comes_in_by_its_own_door(library: str) -> None:
    offenders = [
        named(path)
        for path in SOURCES
        if any(name.split(".")[0] == library for name in imports(path))
        and not any(passes(path, door) for door in DOORS[library])
    ]
    assert offenders == []


def test_no_module_and_no_folder_is_too_large_to_know() -> None:
    ours = list((ROOT / "zyb").rglob("*.py"))
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in ours}
    folders = Counter(path.parent for path in ours)
    assert len(ours) > 300
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}
    assert {named(folder): n for folder, n in folders.items() if n > LARGEST_FOLDER} == {}


def test_modules_of_a_package_do_not_import_in_a_circle() -> None:
    known = {path: _dotted(path) for path in (ROOT / "zyb").rglob("*.py")}
    there = set(known.values())
    graph = {
        own: {name for found in _imports_at_load(path) if (name := _module(found, there)) and name != own}
        for path, own in known.items()
    }
    assert list(TopologicalSorter(graph).static_order())


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _module(found: str, there: set[str]) -> str:
    """The module that an import names: itself, or the one that the name stands in."""
    return found if found in there else found.rpartition(".")[0] if found.rpartition(".")[0] in there else ""


def _imports_at_load(path: Path) -> Iterator[str]:
    """A package's own __init__ gathers what its modules hold, and is no step of a circle."""
    if path.name == "__init__.py":
        return
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("zyb"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


# What we lean on though its owner calls it private: an upgrade looks here first.
PRIVATE = {
    "app.py": {"_main_script_path"},
    "zyb/cli/words.py": {"_optionals", "_positionals"},
    "zyb/exports/marked/marking.py": {"_cells", "_style"},
    "zyb/exports/slides/house.py": {"_rels"},
    "zyb/exports/slides/page.py": {"_element", "_txBody"},
    "zyb/exports/word/chart.py": {"_blob"},
    "zyb/ui/frame/messages.py": {"_queue"},
    "zyb/ui/frame/submitting.py": {"_yield_callback"},
    "zyb/ui/upload/door.py": {"_replace"},
}


def test_every_private_name_of_a_library_is_on_the_list() -> None:
    found = {named(path): names for path in SOURCES if (names := set(_private(path)))}
    assert found == PRIVATE


def _private(path: Path) -> Iterator[str]:
    """Names with an underscore that belong neither to this file's classes nor, through self, to any of ours."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    here = set(_names_of_classes(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and re.match(r"_[A-Za-z]", node.attr):
            owner = ast.unparse(node.value)
            known = _names_of_all_classes() if owner in ("self", "cls") else here
            if owner != "os" and (owner == "super()" or node.attr not in known):
                yield node.attr


@cache
def _names_of_all_classes() -> frozenset[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES)
    return frozenset(name for tree in trees for name in _names_of_classes(tree))


def _names_of_classes(tree: ast.Module) -> Iterator[str]:
    """Methods, fields, and what `__init__` lays down."""
    for one in [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]:
        for node in one.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name
            elif isinstance(node, ast.AnnAssign | ast.Assign):
                yield from (name.id for name in ast.walk(node) if isinstance(name, ast.Name))
        for node in ast.walk(one):
            if isinstance(node, ast.FunctionDef) and node.name in ("__init__", "__post_init__"):
                yield from (name.attr for name in ast.walk(node) if _is_set(name))


def _is_set(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) == "self"
    )


# What people see is built by zyb/html alone.
SCREENS = [path for path in SOURCES if named(path).startswith(("zyb/ui/", "pages/"))]
DOOR_TO_THE_SCREEN = "zyb/ui/look/showing.py"
A_TAG = re.compile(r"</?[a-zA-Z]|<!(?:--|[A-Z])")


def test_no_screen_writes_a_tag_as_text() -> None:
    assert len(SCREENS) > 60
    assert [f"{named(path)}: {text}" for path in SCREENS for text in _texts(path) if A_TAG.search(text)] == []


def test_a_tag_in_a_text_would_be_found(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        '"""About <b>."""\na = f"{1}<td {2}"\nb = "a</p>"\nc = f"<{a}>"\nd = a < b\ne = "1 < 2"\n'
    )
    assert [text for text in _texts(script) if A_TAG.search(text)] == ["x<td x", "<x>", "a</p>"]


def _texts(path: Path) -> Iterator[str]:
    """String literals that are no docstrings; in an f-string each value is an x."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    whole = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    parts = {part for node in whole for part in node.values}
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in whole:
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in parts | told:
            yield node.value


def test_markup_is_made_in_its_own_room_and_shown_by_one_door() -> None:
    """Elsewhere nothing is declared to be markup, and nothing shows HTML but `look.show`, which takes only that."""
    offenders = {
        named(path): found
        for path in SOURCES
        if not named(path).startswith("zyb/html/") and (found := set(_unsafe(path)))
    }
    assert offenders == {DOOR_TO_THE_SCREEN: {".html"}}


def _unsafe(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) != "isinstance":
            called = [node.func, *node.args]
            yield from ("Markup" for one in called if ast.unparse(one).split(".")[-1] == "Markup")
        if isinstance(node, ast.Attribute) and node.attr in ("html", "iframe", "__html__"):
            yield f".{node.attr}"
        if isinstance(node, ast.keyword) and (node.arg or "").startswith("unsafe_"):
            yield str(node.arg)


def test_no_script_lies_where_a_server_would_run_it_by_itself() -> None:
    """Streamlit runs scripts directly in `pages` beside a main script without asking the main script."""
    assert list((ROOT / "pages").glob("*.py")) == []
    assert not (ROOT / "zyb" / "ui" / "pages").exists()


def test_the_navigation_names_every_page_once_and_no_other() -> None:
    """One script alone has several addresses: that of the campaigns."""
    named_pages = [entry.path for entry in pages() if entry.path != CAMPAIGN_SCRIPT]
    assert len({entry.url_path for entry in pages()}) == len(pages())
    assert len(named_pages) == len(set(named_pages))
    assert {named(path) for path in SCRIPTS} == {*named_pages, CAMPAIGN_SCRIPT}


@pytest.mark.parametrize("page", SCRIPTS, ids=named)
def test_a_page_is_short_enough_to_read(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= LONGEST_PAGE


@pytest.mark.parametrize("page", SCRIPTS, ids=named)
def test_a_page_begins_with_its_permission(page: Path) -> None:
    """The one the navigation shows it by: `require(Permission.X)` or `viewer = require(Permission.X)`."""
    statements = ast.parse(page.read_text(encoding="utf-8")).body
    first = next(node for node in statements if not _is_preamble(node))
    assert isinstance(first, ast.Expr | ast.Assign), "a page begins with require(Permission.…)"
    written = ast.unparse(first.value)
    permission = next(entry.permission.name for entry in pages() if entry.path == named(page))
    assert written == f"require(Permission.{permission})"


def _is_preamble(node: ast.stmt) -> bool:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_docstring or isinstance(node, ast.Import | ast.ImportFrom)


def test_results_of_the_database_are_read_whole() -> None:
    """One that is left open keeps its transaction alive, and no log can be folded in behind it."""
    store = [source for source in SOURCES if "store" in source.parts]
    assert len(store) > 8
    read = [
        (source.name, node.attr)
        for source in store
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("fetchone", "fetchmany")
    ]
    assert read == []


def test_what_is_kept_for_good_follows_from_no_rule() -> None:
    """What does is a `rule` or `remembered` (zyb/rulebook/book.py): others may be in force the next moment."""
    found = {
        f"{named(source).removeprefix('zyb/')}: {node.name}"
        for source in SOURCES
        for node in ast.parse(source.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and any(re.match(r"(functools\.)?(lru_)?cache\b", ast.unparse(one)) for one in node.decorator_list)
    }
    assert found == KEPT_FOR_GOOD


@pytest.mark.parametrize("act", GUARDED)
def test_what_a_person_does_to_the_store_goes_through_its_guard(act: str) -> None:
    found = {
        source.relative_to(ROOT / "zyb").as_posix()
        for source in SOURCES
        if source.is_relative_to(ROOT / "zyb")
        and "store" not in source.parts
        and _says_to_a_store(source, act)
    }
    assert found == GUARDED[act]
    assert not any(_says_to_a_store(page, act) for page in SCRIPTS)


@pytest.mark.parametrize("writer", WRITERS)
def test_what_a_person_takes_out_is_written_behind_its_guard(writer: str) -> None:
    """A package's own __init__ only hands on what its modules hold."""
    found = {
        named(source).removeprefix("zyb/")
        for source in SOURCES
        if source.name != "__init__.py" and any(name.endswith(f".{writer}") for name in imports(source))
    }
    assert found == WRITERS[writer]


def _says_to_a_store(source: Path, act: str) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == act and ast.unparse(node.value).endswith("store")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
    )


MANY_FIELDS = 7


def _classes() -> Iterator[tuple[str, ast.ClassDef]]:
    for source in SOURCES:
        for node in ast.parse(source.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield named(source), node


# A class, or an alias of types that is written like one; a single capital is a variable of types.
A_THING = re.compile(r"_?[A-Z]\w*[a-z]\w*")


def test_one_name_is_one_thing() -> None:
    """Whoever reads `Row` in a traceback or a signature should know which."""
    where: dict[str, list[str]] = {}
    for source in SOURCES:
        for name in _things(ast.parse(source.read_text(encoding="utf-8"))):
            where.setdefault(name, []).append(named(source))
    assert len(where) > 400
    assert {name: sources for name, sources in where.items() if len(sources) > 1} == {}


def test_an_alias_is_a_thing_as_a_class_is() -> None:
    tree = ast.parse(
        "class Row: pass\nCell = tuple[int, int]\nKind: TypeAlias = str\nT = TypeVar('T')\nMANY = 7\nrow = Row()\n"
    )
    assert list(_things(tree)) == ["Row", "Cell", "Kind"]


def _things(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                names = (name.id for name in ast.walk(target) if _is_stored(name))
                yield from filter(A_THING.fullmatch, names)


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def test_records_of_many_fields_are_made_by_name() -> None:
    """Seven values in a row are told apart by nobody; a NamedTuple is made by place, so it has fewer."""
    known = list(_classes())
    assert len(known) > 150
    wide = [
        f"{source}: {node.name}"
        for source, node in known
        if _is_made_by_place(node)
        and sum(isinstance(part, ast.AnnAssign) for part in node.body) >= MANY_FIELDS
    ]
    assert wide == []


def _is_made_by_place(node: ast.ClassDef) -> bool:
    made = [written for one in node.decorator_list if "dataclass" in (written := ast.unparse(one))]
    named_tuple = any(ast.unparse(base).endswith("NamedTuple") for base in node.bases)
    return named_tuple or any("kw_only=True" not in written for written in made)


SQL_WORDS = re.compile(r"^\s*(select|insert|update|delete|create|with|alter)\s", re.IGNORECASE)


def test_sql_longer_than_a_line_stands_in_a_file_of_its_own() -> None:
    """Where an editor knows it as SQL, with a line that says what it answers."""
    found = [
        f"{named(source)}:{node.lineno}"
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr | ast.Constant)
        and node.end_lineno != node.lineno
        and SQL_WORDS.match(ast.unparse(node).strip("f'\"").replace("\\n", "\n"))
    ]
    assert found == []
    files = sorted((ROOT / "zyb" / "sql").glob("*.sql"))
    assert len(files) > 15
    assert [file.name for file in files if not file.read_text(encoding="utf-8").startswith("-- ")] == []
