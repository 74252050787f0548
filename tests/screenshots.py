"""The README's pictures, taken from the running program: `python -m tests.screenshots`.

Starts the program on a free port of this machine with a fresh data folder, drives Chromium, ends what it
started. With names (`python -m tests.screenshots upload`) only those pictures are taken.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import openpyxl
from PIL import Image
from playwright.sync_api import FilePayload, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "data" / "pictures"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SIZE = ViewportSize(width=1440, height=900)
LARGEST = 300_000
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
SECONDS_TO_START = 60

# As it comes from an office: one region misspelt, one 完成 above 纳入, one total that does not match.
WRONG = """\
陕西省职业病危害专项治理进展情况表（截至2024年6月30日）
单位：家
市（区）|纳入治理|完成治理
合  计|4712|3310
西安|2367|1560
宝鸡|554|391
咸阳|213|160
铜川|84|59
渭南|247|171
延安区|131|40
榆林|463|481
汉中|331|262
安康|104|63
商洛|78|61
杨凌|48|11
韩城|79|51
注：数据来自国家职业病危害“专项治理”模块。
"""
NAME_OF_WRONG = "各市专项治理进展（6月）.xlsx"


def workbook(text: str, sheet: str = "汇总表") -> bytes:
    """The lines as an .xlsx file, numbers as numbers."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for line in text.splitlines():
        page.append([int(cell) if cell.isdigit() else cell for cell in line.split("|")])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_program() -> Iterator[str]:
    """The address of the program, started afresh and ended by its own process at the end."""
    port = free_port()
    command = ["-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with TemporaryDirectory(prefix="zyb-pictures-") as data:
        settings = {**os.environ, "ZYB_DATA": data, "ZYB_PUBLISHED": "on"}
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=settings, stdout=subprocess.DEVNULL
        )
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/_stcore/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the program did not start")


def settle(page: Page) -> None:
    """The script has run, the map is drawn and nothing fades any more."""
    page.wait_for_selector(AT_REST)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)


def overview(page: Page, url: str) -> None:
    page.goto(url)
    settle(page)
    page.wait_for_selector("[data-testid=stPlotlyChart] .choroplethlayer path")


def upload(page: Page, url: str) -> None:
    page.goto(f"{url}/upload")
    settle(page)
    file = FilePayload(name=NAME_OF_WRONG, mimeType="application/octet-stream", buffer=workbook(WRONG))
    page.set_input_files("input[type=file]", files=[file])
    page.wait_for_selector(".z-problem")
    settle(page)


def bulletin(page: Page, url: str) -> None:
    page.goto(f"{url}/bulletin")
    settle(page)
    page.wait_for_selector(".z-paper")
    settle(page)


def briefing(page: Page, url: str) -> None:
    """The map on the wall: the third slide."""
    page.goto(f"{url}/briefing")
    settle(page)
    page.get_by_text("开始汇报").first.click()
    page.wait_for_timeout(1000)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(1000)


SCENES: dict[str, Callable[[Page, str], None]] = {
    "overview": overview,
    "upload": upload,
    "bulletin": bulletin,
    "briefing": briefing,
}


def picture_of(name: str) -> Path:
    return PICTURES / f"{name}.png"


def _shrink(path: Path) -> None:
    """256 colours are plenty for flat areas and text, and a third of the bytes."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        raise RuntimeError(f"{path.name} has {path.stat().st_size} bytes, more than {LARGEST}")


def take(names: list[str]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with running_program() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in names:
            page = browser.new_page(viewport=SIZE, locale="zh-CN")
            SCENES[name](page, url)
            page.screenshot(path=picture_of(name))
            _shrink(picture_of(name))
            page.close()
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1:] or list(SCENES))
