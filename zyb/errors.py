"""Words for the person at the screen: every expected failure is a Chinese sentence with a remedy."""

from __future__ import annotations


class ZybError(Exception):
    """Something a person can act on.

    `message` says what is wrong and where, `remedy` how to mend it. Neither ever
    holds a traceback, a path of the machine or English.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}{self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        """Errors of every kind reach the process that asked, whatever arguments they are made of."""
        return _again, (type(self), vars(self))


def _again(kind: type[ZybError], said: dict[str, object]) -> ZybError:
    error = kind.__new__(kind, said["message"])
    vars(error).update(said)
    return error


class RulesError(ZybError):
    """A rule file holds something it should not; says which file, table and key."""

    def __init__(self, file: str, place: str, message: str) -> None:
        where = f"规则文件 {file}" + (f" 的 [{place}]" if place else "")
        super().__init__(f"{where}：{message}", "请改正后重新启动。")
        self.file = file
        self.place = place


class StoreBusy(ZybError):
    """Another process holds the database."""


class NotPossible(ZybError):
    """A request that the present state does not allow (withdraw twice, an unknown number)."""
