"""Draw the pictures of pages that the documentation shows, from the example reports.

python tests/screenshots.py MODEL --out docs
"""

import argparse
import io
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

from browser import ARGUMENTS, find_chromium
from helpers import ROOT, govner, succeed

# Few colours make small files; text stays sharp.
COLORS = 255


class Picture(NamedTuple):
    """A picture: of which page, how large, in which theme, after which keys and clicks."""

    name: str
    page: str
    width: int
    height: int
    scheme: str
    keys: tuple[str, ...] = ()


PICTURES = (
    Picture("page", "pages/qinghe-water-2018.html", 1280, 800, "light", ("j",) * 5),
    Picture("page-dark", "pages/jiaze-2022.html", 1280, 800, "dark", ("f",)),
    Picture("page-phone", "pages/qinghe-water-2018.html", 390, 844, "light"),
    Picture("index", "index.html", 1280, 800, "light"),
)


def draw(site: Path, out: Path) -> None:
    """Draw all pictures of a site."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for picture in PICTURES:
            size = {"width": picture.width, "height": picture.height}
            page = browser.new_page(viewport=size, color_scheme=picture.scheme)  # type: ignore[arg-type]
            page.goto((site / picture.page).as_uri())
            for key in picture.keys:
                page.keyboard.press(key)
            page.wait_for_timeout(300)
            image = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
            path = out / f"{picture.name}.png"
            image.save(path, optimize=True)
            print(f"{path}: {path.stat().st_size / 1000:.0f} kB")
            page.close()
        browser.close()


def main() -> None:
    """Make pages of the examples, and pictures of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--out", type=Path, default=ROOT / "docs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        site = Path(directory) / "site"
        succeed(govner("view", options.model, ROOT / "examples", "--out", site))
        draw(site, options.out)


if __name__ == "__main__":
    main()
