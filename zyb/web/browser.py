"""Open the dashboard in the browser of this machine, where there is one."""

from __future__ import annotations

import os
import sys
import webbrowser
from threading import Timer

SECONDS_TO_START = 2.5


def has_screen() -> bool:
    """Windows and macOS always; elsewhere only inside a graphical session, so never on a build server."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_browser_soon(url: str) -> None:
    """Return at once; the page opens when the server has had time to start."""
    if has_screen():
        opening = Timer(SECONDS_TO_START, webbrowser.open, [url])
        opening.daemon = True
        opening.start()
