"""The ASGI application: `streamlit run app.py`, `python app.py` or `uvicorn app:app`.

`streamlit run` finds it by parsing this file, so `app = st.App(...)` has to stand here literally.
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from streamlit import config

from zyb.ui.frame.faults import tell_of_fault
from zyb.ui.frame.messages import keep_answers
from zyb.ui.frame.warm import warm
from zyb.web import guard, shell
from zyb.web.browser import open_browser_soon

ROOT = Path(__file__).resolve().parent
STYLESHEETS = ROOT / "zyb" / "ui" / "assets"

# The settings beside this file hold, wherever it is started from. Streamlit looks beside its main script.
if config._main_script_path is None:
    config._main_script_path = str(ROOT / "app.py")

if reason := guard.refusal_to_start(config.get_option("server.address")):
    sys.stderr.write(reason)
    sys.exit(2)

keep_answers()

app = st.App(
    ROOT / "zyb" / "ui" / "frame" / "main.py",
    routes=shell.routes(STYLESHEETS),
    middleware=shell.middleware(STYLESHEETS),
    lifespan=warm,
    on_script_error=tell_of_fault,
)

if __name__ == "__main__":
    open_browser_soon(f"http://127.0.0.1:{config.get_option('server.port')}")
    app.run()
