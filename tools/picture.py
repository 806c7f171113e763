"""Take the picture of the desk that the README opens with, from the demonstration: the queue beside a case, at 1280 px.

Run by `make picture`. Loads a demonstration into a folder of its own, or serves the one whose home is named; needs a
Chromium. Changes nothing but the picture, and what a demonstration notes of a visit.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT: Final = Path(__file__).parent.parent
PICTURE: Final = ROOT / "docs" / "pictures" / "desk.png"
MOST_BYTES: Final = 200_000
REVIEWER: Final = "nhoquan.head"
SIZE: Final = {"width": 1280, "height": 620}
LOADED_WITHIN: Final = 600.0
"""Seconds: a demonstration takes a minute or two to load."""


def take(home: Path) -> None:
    """Serve the demonstration in a home and take the picture. Raises `SystemExit` where it would be too large."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with served(home) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", locale="vi-VN")
        page.goto(f"{address}/sign-in")
        page.fill("[name=username]", REVIEWER)
        page.fill("[name=password]", (home / "demo_password").read_text("utf-8").strip())
        page.click("main form button")
        page.locator(".queue a[data-case]").first.click()
        page.locator("#case h1").wait_for()
        page.wait_for_load_state("networkidle")
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()
    if PICTURE.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{PICTURE.name} has {PICTURE.stat().st_size} bytes, more than {MOST_BYTES}.")


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Run the demonstration until the picture is taken; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {**os.environ, "TRINH_HOME": str(home), "PORT": str(port)}
    command = [str(Path(sys.executable).with_name("trinh")), "run", "--demo"]
    with subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
        try:
            address = f"http://localhost:{port}"
            wait_for(f"{address}/sign-in", process)
            yield address
        finally:
            process.terminate()


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until an address answers. Raises `SystemExit` where the process ends first or takes too long."""
    give_up_at = time.monotonic() + LOADED_WITHIN
    while time.monotonic() < give_up_at and process.poll() is None:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - an address of ours
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("The demonstration did not answer.")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            take(Path(made) / "home")
