"""The rules in force: one folder, of which each question is answered once, when it is first asked.

Everything that is read from the rules, or follows from them, is a function marked `@rule`. Its answers belong to the
rulebook in force, none to the process: another rulebook (a test's, one that is tried before it is taken, the one that
a server hands to its children) is put in force as a whole, and nothing of the one before stays behind anywhere. What
follows from the rules and from something else besides (a store, a view) is marked `@remembered`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, update_wrapper
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

from zyb.settings import rules_folder

RULES = Path(__file__).resolve().parents[2] / "data" / "rules"
"""The rules that ship."""

P = ParamSpec("P")
T = TypeVar("T")
Question = tuple[str, tuple[object, ...]]


class Rulebook:
    """The rules of a folder, with what they have answered so far. A file that is changed holds after the next start."""

    def __init__(self, folder: Path = RULES) -> None:
        self.folder = folder
        self._answers: dict[Question, Any] = {}

    def answer(self, question: Question, read: Callable[[], T]) -> T:
        if question not in self._answers:
            # Of two threads that ask at once both get the first answer.
            self._answers.setdefault(question, read())
        answer: T = self._answers[question]
        return answer

    def holding(self, *told: tuple[Rule[..., Any], tuple[object, ...], object]) -> Rulebook:
        """The same folder, in which some questions have other answers: (rule, arguments, answer).

        All else is asked anew: it may follow from them.
        """
        other = Rulebook(self.folder)
        other._answers = {rule.question(args): answer for rule, args, answer in told}
        return other


class Rule(Generic[P, T]):
    """A question to the rulebook in force; its arguments are given by position."""

    def __init__(self, read: Callable[P, T]) -> None:
        self._read = read
        self._name = f"{read.__module__}.{read.__qualname__}"
        update_wrapper(self, read)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        return in_force().answer(self.question(args), lambda: self._read(*args, **kwargs))

    def question(self, args: tuple[object, ...]) -> Question:
        return self._name, args


def rule(read: Callable[P, T]) -> Rule[P, T]:
    """Marks a function that reads the rules or works something out from nothing else."""
    return Rule(read)


class Remembering(Generic[P, T]):
    """A function with the last of its answers, each given again only while the rulebook it was found by is in force.

    That rulebook is a part of the key, which keeps it alive: no other can come to be taken for it.
    """

    def __init__(self, find: Callable[P, T], most: int) -> None:
        @lru_cache(maxsize=most)
        def found(_: Rulebook, *args: P.args, **kwargs: P.kwargs) -> T:
            return find(*args, **kwargs)

        self._found: Callable[..., T] = found
        self.cache_clear = found.cache_clear
        update_wrapper(self, find)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        return self._found(in_force(), *args, **kwargs)


def remembered(most: int) -> Callable[[Callable[P, T]], Remembering[P, T]]:
    """Marks a function of rules and unchanging arguments, of which the `most` answers asked for last are kept."""
    return lambda find: Remembering(find, most)


_in_force = Rulebook(rules_folder())


def in_force() -> Rulebook:
    return _in_force


def use(book: Rulebook) -> None:
    """From now on, for the whole process."""
    global _in_force
    _in_force = book


@contextmanager
def using(book: Rulebook) -> Iterator[Rulebook]:
    """For a while: to try rules that are not in force yet."""
    before = in_force()
    use(book)
    try:
        yield book
    finally:
        use(before)


def rules_file(*parts: str) -> Path:
    return in_force().folder.joinpath(*parts)
