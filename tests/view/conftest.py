"""A browser for the tests of pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from browser import ARGUMENTS, find_chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page in the browser; `problems` are errors, console messages and requests beyond the page itself."""

    page: Page
    problems: list[str] = field(default_factory=list)

    def run(self, script: str) -> Any:
        """What a script returns in the page."""
        return self.page.evaluate(script)

    def text_of(self, highlight: str) -> list[str]:
        """The words that a highlight paints."""
        found: list[str] = self.run(f"[...(CSS.highlights.get('{highlight}') ?? [])].map(String)")
        return found


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a file in a new window; at the end no page may have had a problem."""
    visits = []

    def open_file(path: Path, width: int = 1280, height: int = 800, fragment: str = "", **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        visit = Visit(context.new_page())
        visit.page.on("console", lambda message: visit.problems.append(message.text))
        visit.page.on("pageerror", lambda error: visit.problems.append(str(error)))
        visit.page.on(
            "request",
            lambda request: request.url.startswith("file:") or visit.problems.append(request.url),
        )
        visit.page.goto(path.as_uri() + fragment)
        visits.append(visit)
        return visit

    yield open_file
    for visit in visits:
        assert not visit.problems
        visit.page.context.close()
