"""`python -m zyb …`: the same doors as the screen, for scripts and for the night.

Exit codes: 0 done (or already there), 2 refused for what is in the file, 1 anything else.
"""

from __future__ import annotations

from zyb.cli.commands import main
from zyb.cli.words import DONE, FAILED, REFUSED

__all__ = ["DONE", "FAILED", "REFUSED", "main"]
