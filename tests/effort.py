"""How many invented examples are tried: few every day, many with TEST_DEEP=1 in the environment."""

from __future__ import annotations

import os


def examples(everyday: int, deep: int) -> int:
    return deep if os.environ.get("TEST_DEEP") else everyday
