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

    def __init__(self, file: str, place: str, fault: str, syntax: bool = False) -> None:
        self.file, self.place, self.fault = file, place, fault
        told = f"{fault.removesuffix('。')}（不是有效的 TOML）。" if syntax else fault
        super().__init__(self.of("规则文件", told), "请改正后重新启动。")

    def of(self, kind: str, fault: str = "") -> str:
        """The sentence about a file of another kind, in fewer words."""
        where = f"{kind} {self.file}" + (f" 的 [{self.place}]" if self.place else "")
        return f"{where}：{fault or self.fault}"


class StoreBusy(ZybError):
    """Another process holds the database."""


class NotPossible(ZybError):
    """A request that the present state does not allow (withdraw twice, an unknown number)."""
