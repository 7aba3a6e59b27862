"""The page of an evaluation in a browser: filters, pages, links to reports, small screens."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from evaluation.made_evaluations import Made, Spans, make_evaluation
from govner.evaluation.comparison import compare
from govner.evaluation.report.page import Results, draw_plots, find_breakdowns, render_report

pytestmark = pytest.mark.browser

ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
LINES = 120
# A character outside the Basic Multilingual Plane before everything: offsets are code points.
LINE = "𠮷岚坪镇党政办公室通过镇网站公开3件"
NUMBERS = range(1, 9)
# Colour of the text of the elements, and of what is behind it.
COLORS = """selector => Array.from(document.querySelectorAll(selector)).slice(0, 40).map(element => {
  const clear = place => ["transparent", "rgba(0, 0, 0, 0)"].includes(getComputedStyle(place).backgroundColor);
  let behind = element;
  while (behind !== document.body && clear(behind)) behind = behind.parentElement;
  const { fill, color } = getComputedStyle(element);
  return [element instanceof SVGElement ? fill : color, getComputedStyle(behind).backgroundColor];
})"""
AGENCY, CHANNEL, COUNT = (1, 9, "AGENCY"), (11, 14, "CHANNEL"), (16, 18, "COUNT")


def report(number: int, *guesses: tuple[int, int, str], wrong_section: bool = False) -> Made:
    """A report of many lines, each with the same mentions and predictions."""
    starts = range(0, LINES * (len(LINE) + 1), len(LINE) + 1)

    def everywhere(spans: Spans) -> Spans:
        return [(at + start, at + end, label) for at in starts for start, end, label in spans]

    sections = [(at, at + len(LINE), "PROACTIVE") for at in starts]
    guessed = [(0, len(LINE), "PLATFORM"), *sections[1:]] if wrong_section else sections
    text = "\n".join([LINE] * LINES)
    meta = {"id": f"lanping-{2010 + number}", "year": str(2010 + number), "form": "plan", "issuer": "岚坪镇人民政府"}
    return text, everywhere([AGENCY, CHANNEL, COUNT]), everywhere(guesses), sections, guessed, meta


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with 2,041 errors of two pipelines."""
    wide, other = (0, 9, "AGENCY"), (11, 14, "AGENCY")
    last = report(9, AGENCY, CHANNEL, COUNT, wrong_section=True)
    worse = (report(n, AGENCY, other) for n in NUMBERS)
    better = (report(n, AGENCY, other, COUNT) for n in NUMBERS)
    first = make_evaluation(report(0, wide, CHANNEL, COUNT), *worse, last)
    second = make_evaluation(report(0, AGENCY, CHANNEL, COUNT), *better, last)
    found = Results("Evaluation", "one", first, find_breakdowns(first, ["form", "period"]), "two", second)
    found.comparison = compare(first, second)
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(render_report(found, draw_plots(found)), "utf8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def open_page(browser: Browser, address: str, width: int = 1280, scheme: str = "light") -> Iterator[Page]:
    """The page, which may say nothing on the console and ask for nothing but itself."""
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    assert said == []
    assert {url.split("#")[0] for url in asked} == {address.split("#")[0]}
    page.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    yield from open_page(browser, address)


def status(page: Page) -> str:
    return page.locator("#status").inner_text()


def test_thousands_of_errors_are_shown_a_page_at_a_time(page: Page) -> None:
    # In report 0 the first has AGENCY wrong; in eight both have CHANNEL wrong and the first misses COUNT; a section.
    assert status(page) == f"1–50 of {LINES * (1 + 2 * len(NUMBERS)) + 1} errors"
    assert page.locator("#rows > li").count() == 50
    expect(page.locator("#before")).to_be_disabled()
    page.click("#after")
    assert status(page).startswith("51–100 of ")
    page.click("#before")
    assert status(page).startswith("1–50 of ")


def test_kind_label_report_maker_and_text_filter(page: Page) -> None:
    kinds = {button.inner_text() for button in page.locator("[data-kind]").all()}
    assert kinds == {"all 2,041", "boundary 120", "type 960", "missed 960", "spurious 0", "section 1"}
    page.click("[data-kind=missed]")
    assert status(page) == "1–50 of 960 errors"
    assert page.get_attribute("[data-kind=missed]", "aria-pressed") == "true"
    page.select_option("select[name=report]", label="lanping-2013")
    assert status(page) == "1–50 of 120 errors"
    page.select_option("select[name=by]", "both")
    assert status(page) == "no error like this"
    page.select_option("select[name=by]", "first")
    assert status(page) == "1–50 of 120 errors"
    page.select_option("select[name=label]", "CHANNEL")
    assert status(page) == "no error like this"
    page.click("[data-kind='']")
    page.select_option("select[name=by]", "both")
    assert status(page) == "1–50 of 120 errors"
    page.fill("input[name=text]", "镇网站")
    assert status(page) == "1–50 of 120 errors"
    page.fill("input[name=text]", "县网站")
    assert status(page) == "no error like this"


def test_cell_of_the_confusion_leads_to_its_errors(page: Page) -> None:
    page.click("a[data-gold=CHANNEL][data-predicted=AGENCY]")
    assert status(page) == "1–50 of 960 errors"
    expect(page.locator("#pair")).to_have_text("gold CHANNEL, predicted AGENCY ✕")
    page.click("#pair")
    assert status(page) == "1–50 of 2041 errors"
    page.click("a[data-gold=AGENCY][data-predicted='other extent']")
    assert status(page) == "1–50 of 120 errors"
    page.click("a[data-gold=PROACTIVE][data-predicted=PLATFORM]")
    assert status(page) == "1–1 of 1 errors"


def test_link_opens_the_report_at_the_characters(page: Page) -> None:
    page.click("[data-kind=type]")
    row = page.locator("#rows > li").first
    assert row.locator("mark").inner_text() == "镇网站"
    row.locator("a").click()
    report = page.locator("#report")
    expect(report).to_be_visible()
    assert page.locator("#report-title").inner_text() == "lanping-2011"
    now = report.locator("mark.now")
    assert now.inner_text() == "镇网站"
    expect(now).to_be_in_viewport()
    assert "characters 11–14" in page.locator("#report-about").inner_text()
    # All the characters are there, and all mention errors of the report are marked.
    assert report.locator("#report-text").inner_text() == "\n".join([LINE] * LINES)
    assert report.locator("mark").count() == 2 * LINES
    page.keyboard.press("Escape")
    expect(report).to_be_hidden()
    assert "#report" not in page.url


def test_address_of_an_error_opens_it_and_one_of_nothing_does_not(browser: Browser, address: str) -> None:
    for page in open_page(browser, f"{address}#report-0-0-9"):
        assert page.locator("#report mark.now").inner_text() == LINE[:9]
    for page in open_page(browser, f"{address}#report-99-0-9"):
        expect(page.locator("#report")).to_be_hidden()


def test_errors_can_be_reached_by_keyboard_alone(page: Page) -> None:
    page.focus("input[name=text]")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#rows') !== null")
    page.keyboard.press("Enter")
    expect(page.locator("#report")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_page_is_as_wide_as_the_screen(browser: Browser, address: str, width: int, scheme: str) -> None:
    for page in open_page(browser, address, width, scheme):
        for element in page.locator("details").all():
            element.evaluate("found => { found.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("#rows a").first.click()
        assert page.locator("#report").bounding_box()["width"] <= width  # type: ignore[index]


def test_text_stands_out_from_what_is_behind_it(browser: Browser, address: str, scheme: str) -> None:
    for page in open_page(browser, address, scheme=scheme):
        for selector in ("#rows .badge", "#rows mark", ".confusion td.right", ".confusion td a", ".soft", "svg text"):
            colors = page.evaluate(COLORS, selector)
            assert colors, selector
            for ink, paper in colors:
                assert contrast(channels(ink), channels(paper)) >= 4.5, (selector, ink, paper)


def channels(color: str) -> list[float]:
    """Red, green and blue of a computed colour, in [0, 1]."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", color.replace("srgb", ""))[:3]]
    return numbers if color.startswith("color(") else [number / 255 for number in numbers]


def contrast(one: list[float], other: list[float]) -> float:
    """Contrast ratio of the Web Content Accessibility Guidelines 2.2."""

    def luminance(color: list[float]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
