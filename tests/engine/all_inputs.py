"""One report in every format, encoding and damage: `python tests/engine/all_inputs.py MODEL`.

Reports of the corpus are written as files of all kinds, read with `govner tag`, and what is found is compared with what
is found in the clean text. A mention is compared by its label and the words it was read as, white space left out; the
characters at its offsets must be the ones in its row.
"""

import argparse
import csv
import html
import io
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import opencc
import pyarrow as pa
import pyarrow.parquet as pq
import spacy
from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from govner.cleaning.view import clean
from govner.corpus.inline import read_report
from govner.tables import tables_of

ROOT: Final = Path(__file__).parent.parent.parent
# Clean reports of three forms, of those that models are trained on: what is measured is how files are read.
REPORTS: Final = ("a-dianpu-2011", "aa-liaohun-tongji-2016", "bf-yanrong-2022")
LEAST: Final = 0.98
_FONT: Final = "STSong-Light"
_HAN: Final = "\u4e00-\u9fff"

Write = Callable[[str], bytes]


@dataclass(frozen=True)
class Result:
    """A file, and how what is found in it agrees with what is found in the clean text."""

    file: str
    mentions: int
    f1: float
    is_reversible: bool = True

    @property
    def is_under(self) -> bool:
        """Whether less is found than must be."""
        return self.is_reversible and self.f1 < LEAST


def _page(text: str, charset: str, declared: str | None = None) -> bytes:
    lines = "".join(f"<p>&nbsp;&nbsp;{html.escape(line)}</p>\n" for line in text.split("\n"))
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared or charset}"><title>年报</title>'
    return f"<html><head>{head}<script>var a = '公开';</script></head><body><div>{lines}</div></body></html>".encode(
        charset
    )


def _spans(text: str) -> bytes:
    """As word processors write pages: every few characters in a span of their own."""
    pieces = re.compile(".{1,7}")
    lines = (
        "".join(
            f"<span lang=EN-US style='font-size:16pt'>{html.escape(piece)}</span>" for piece in pieces.findall(line)
        )
        for line in text.split("\n")
    )
    return ("<body>" + "".join(f"<p class=MsoNormal>{line}<o:p></o:p></p>\n" for line in lines) + "</body>").encode()


def _docx(text: str) -> bytes:
    document, made = Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


def _pdf(text: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    style = ParagraphStyle("body", fontName=_FONT, fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK")
    made = io.BytesIO()

    def number(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(_FONT, 10)
        canvas.drawCentredString(A4[0] / 2, 40, f"- {document.page} -")

    story = [Paragraph(html.escape(line), style) for line in text.split("\n") if line.strip()]
    SimpleDocTemplate(made, pagesize=A4).build(story, onFirstPage=number, onLaterPages=number)
    return made.getvalue()


def _csv(text: str) -> bytes:
    made = io.StringIO()
    csv.writer(made).writerows([["year", "text"], ["2017", text]])
    return made.getvalue().encode("gb18030")


def _parquet(text: str) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{"text": text}]), made)
    return made.getvalue()


def _traditional(text: str) -> str:
    return str(opencc.OpenCC("s2t").convert(text))


def _pinyin(text: str) -> str:
    from govner.corpus.augment.typography import pinyin

    return re.sub(f"[{_HAN}]", lambda match: f"{match[0]}({pinyin(match[0])})", text)


def _with_heads(text: str) -> str:
    lines = text.split("\n")
    every = 12
    pages = [lines[start : start + every] for start in range(0, len(lines), every)]
    return "\n".join("\n".join([*page, f"- {number} -"]) for number, page in enumerate(pages, 1))


def _as_gbk(text: str) -> str:
    """UTF-8 read as GBK wherever no byte is lost by it: in rows of an even number of characters."""

    def damage(match: re.Match[str]) -> str:
        row = match[0]
        even = len(row) - len(row) % 2
        try:
            return row[:even].encode().decode("gb18030") + row[even:]
        except UnicodeDecodeError:
            return row

    return re.sub("[^\x00-\x7f]+", damage, text)


def _as(kind: str) -> Write:
    return lambda text: text.encode(kind)


_LOST: Final = "UTF-8 read as GBK, bytes lost"
# Suffix and bytes of each kind of file; all but one can be read as well as the clean text.
KINDS: Final[dict[str, tuple[str, Write]]] = {
    "utf-8": ("txt", _as("utf-8")),
    "utf-8 with mark": ("txt", _as("utf-8-sig")),
    "gb18030": ("txt", _as("gb18030")),
    "gbk, Windows line ends": ("txt", lambda text: text.replace("\n", "\r\n").encode("gbk", "ignore")),
    "big5, traditional": ("txt", lambda text: _traditional(text).encode("big5", "ignore")),
    "utf-16 with mark": ("txt", _as("utf-16")),
    "utf-16le": ("txt", _as("utf-16-le")),
    "utf-16be": ("txt", _as("utf-16-be")),
    "cut in a character": ("txt", lambda text: (text + "。").encode()[:-1]),
    "markdown": ("md", _as("utf-8")),
    "html": ("html", lambda text: _page(text, "utf-8")),
    "html, gb2312": ("htm", lambda text: _page(text, "gb18030", "gb2312")),
    "html, declared wrongly": ("html", lambda text: _page(text, "gb18030", "utf-8")),
    "html, declared wrongly too": ("html", lambda text: _page(text, "utf-8", "gb2312")),
    "html, spans of a word processor": ("html", _spans),
    "pdf": ("pdf", _pdf),
    "docx": ("docx", _docx),
    "json": ("json", lambda text: json.dumps([{"text": text}], ensure_ascii=False).encode()),
    "jsonl": ("jsonl", lambda text: json.dumps({"text": text}).encode()),
    "csv": ("csv", _csv),
    "parquet": ("parquet", _parquet),
    "traditional script": ("txt", lambda text: _traditional(text).encode()),
    "pinyin": ("txt", lambda text: _pinyin(text).encode()),
    "UTF-8 read as GBK": ("txt", lambda text: _as_gbk(text).encode()),
    _LOST: ("txt", lambda text: text.encode().decode("gb18030", "replace").encode()),
    "UTF-8 read as Latin-1": ("txt", lambda text: text.encode().decode("latin-1").encode()),
    "GBK read as Latin-1": ("txt", lambda text: text.encode("gbk", "ignore").decode("latin-1").encode()),
    "entities": ("txt", lambda text: html.escape(text).replace("“", "&ldquo;").replace("，", "&#65292;").encode()),
    "spaces around digits": ("txt", lambda text: re.sub(r"(?<=\S)(\d+)(?=\S)", r" \1 ", text).encode()),
    "full-width digits": ("txt", lambda text: text.translate({48 + n: 65296 + n for n in range(10)}).encode()),
    "zero-width characters": ("txt", lambda text: re.sub(f"([{_HAN}]{{5}})", "\\1\u200b", text).encode()),
    "symbols in words": ("txt", lambda text: re.sub(f"([{_HAN}]{{9}})(?=[{_HAN}]{{3}})", "\\1ξ", text).encode()),
    "heads of pages": ("txt", lambda text: _with_heads(text).encode()),
}


def measure(model: Path, directory: Path) -> list[Result]:
    """Write all files, tag them, compare."""
    nlp = spacy.load(model)
    files = directory / "files"
    files.mkdir()
    expected: dict[str, Counter[tuple[str, str]]] = {}
    for report in REPORTS:
        text = read_report(ROOT / "corpus" / "reports" / f"{report}.txt").text
        expected[report] = Counter(
            (row["label"], _words(row["text"])) for row in tables_of(nlp(text), report)["mentions"]
        )
        for number, (kind, (suffix, write)) in enumerate(KINDS.items()):
            (files / f"{number:02}-{_file_name(kind, report)}.{suffix}").write_bytes(write(text))
    out = directory / "out"
    command = [sys.executable, "-m", "govner", "tag", model, files, "--out", out, "--format", "parquet"]
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    tables = {name: pq.read_table(out / name).to_pylist() for name in ("reports", "mentions", "texts", "errors")}
    assert not tables["errors"], tables["errors"]
    texts = {row["report_id"]: row["text"] for row in tables["texts"]}
    by_path = {row["path"]: row["report_id"] for row in tables["reports"]}
    results = []
    for path in sorted(files.iterdir()):
        report_id = by_path[str(path)]
        rows = [row for row in tables["mentions"] if row["report_id"] == report_id]
        text = texts[report_id] if report_id in texts else path.read_text("utf-8-sig")
        report = next(report for report in REPORTS if report in path.name)
        lost = _file_name(_LOST, report) in path.name
        results.append(Result(path.name, len(rows), _f1(_mentions(rows, text), expected[report]), not lost))
    return results


def _file_name(kind: str, report: str) -> str:
    return f"{kind} {report}".replace(",", "").replace(" ", "-")


def _mentions(rows: Iterable[dict[str, Any]], text: str) -> Counter[tuple[str, str]]:
    """Label and words of mentions, as they were read."""
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        assert text[row["start"] : row["end"]] == row["text"]
        found[row["label"], _words(row["reading"] or row["text"])] += 1
    return found


def _words(text: str) -> str:
    """Words without white space, of whatever width and script."""
    return "".join(clean(opencc.OpenCC("t2s").convert(text)).text.split())


def _f1(found: Counter[tuple[str, str]], expected: Counter[tuple[str, str]]) -> float:
    return 2 * (found & expected).total() / (found.total() + expected.total())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    with tempfile.TemporaryDirectory() as directory:
        results = measure(parser.parse_args().model.resolve(), Path(directory))
    print("| file | mentions | F1 |\n|---|---:|---:|")
    for result in results:
        note = " UNDER" if result.is_under else "" if result.is_reversible else " (not reversible)"
        print(f"| {result.file} | {result.mentions} | {result.f1:.3f}{note} |")
    under = sum(result.is_under for result in results)
    print(f"{len(results)} files, {under} of them under {LEAST}")
    sys.exit(under > 0)


if __name__ == "__main__":
    main()
