"""How the tests and the pictures of pages start Chromium."""

import shutil

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str:
    """The program; Playwright's own copy is not needed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program is not None, "no chromium; `make test-browser` installs it where it can"
    return program
