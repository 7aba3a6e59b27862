"""Inputs made to break a reader, with the time and memory each takes: `python tests/engine/hostile_inputs.py MODEL`.

Each goes through `govner records` in a process of its own, which must end in time, within memory, and with a clear
result: rows, or a reason in the table of errors.
"""

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq
from docx import Document
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

LONGEST, MOST_MEMORY = 120.0, 2_000.0
LINE: Final = "全年主动公开政府信息742条，其中县政府门户网站公开3条。"

# The command line, which says in the end how much memory it took.
_PROGRAM: Final = """
import sys
from govner.cli import main
from govner.evaluation.benchmark import peak_memory
try:
    main()
finally:
    print(peak_memory(), file=sys.stderr)
"""


@dataclass(frozen=True)
class Result:
    """What came of one input: its time in seconds, peak memory in MiB, and the reason if it failed."""

    name: str
    bytes: int
    seconds: float
    memory: float
    outcome: str


def _docx(parts: dict[str, bytes]) -> bytes:
    """A Word file with some of its parts exchanged."""
    whole, changed = io.BytesIO(), io.BytesIO()
    Document().save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name, source.read(name)))
    return changed.getvalue()


def _pdf(encrypted: bool = False, pages: int = 1) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, encrypt=StandardEncryption("secret", canPrint=0) if encrypted else None)
    for page in range(pages):
        canvas.drawString(72, 700, f"{'abcdefgh'[page % 8] * 3} information {page * 7919}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


_BOMB: Final = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "'
    + b"A" * 1_000
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(8))
    + b"]>"
)
_WORD: Final = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
)
_END: Final = b"</w:t></w:r></w:p></w:body></w:document>"

INPUTS: Final[dict[str, Callable[[], bytes]]] = {
    "50 MB in one line.txt": lambda: (LINE * 2_000_000).encode()[:50_000_000],
    "300,000 characters in one line.txt": lambda: (LINE * 12_000)[:300_000].encode(),
    "a million headings.txt": lambda: b"\xe4\xb8\x80\xe3\x80\x81\n" * 1_000_000,
    "100,000 headings within the limit.txt": lambda: "一、\n".encode() * 100_000,
    "100,000 levels of elements.html": lambda: b"<div>" * 100_000 + LINE.encode() + b"</div>" * 100_000,
    "tables 3,000 deep.html": lambda: b"<table><tr><td>" * 3_000 + LINE.encode(),
    "a cell over 10^9 columns.html": lambda: (
        f"<table><tr><td colspan=1000000000 rowspan=1000000000>{LINE}</table>".encode()
    ),
    "entity bomb.html": lambda: _BOMB + b"<html><body>" + LINE.encode() + b"&i;</body></html>",
    "entity bomb.docx": lambda: _docx({"word/document.xml": _BOMB + _WORD + LINE.encode() + b"&i;" + _END}),
    "zip bomb.docx": lambda: _docx({"word/document.xml": _WORD + b"A" * 1_000_000_000 + _END}),
    "a zip that is no Word file.docx": lambda: _zip({"a.txt": LINE.encode()}),
    "encrypted.pdf": lambda: _pdf(encrypted=True),
    "cut in the middle.pdf": lambda: _pdf()[:400],
    "its bytes exchanged.pdf": lambda: bytes(
        255 - byte if place % 7 == 0 else byte for place, byte in enumerate(_pdf())
    ),
    "5,000 pages.pdf": lambda: _pdf(pages=5_000),
    "NUL and control characters.txt": lambda: "".join(map(chr, range(32))).encode() + LINE.encode(),
    "control characters.txt": lambda: (
        LINE + "".join(map(chr, [*range(1, 9), *range(14, 32), 127])) * 100 + LINE
    ).encode(),
    "lone surrogates.json": lambda: json.dumps({"text": LINE + "\ud800\udc00\ud83d" * 1_000 + LINE}).encode(),
    "right-to-left marks and emoji.txt": lambda: ("全年\u202e公开\u202c\u200f🏛️👨‍👩‍👧‍👦742条。\n" * 5_000).encode(),
    "a number of 10,000 digits.txt": lambda: (
        "公开政府信息" + "9" * 10_000 + "条，增长" + "1" * 10_000 + "%。"
    ).encode(),
    "a number of 290,000 digits.txt": lambda: ("公开政府信息" + "9" * 290_000 + "条。").encode(),
    "Chinese numerals without end.txt": lambda: ("收到申请" + "九千九百九十九万亿" * 30_000 + "件。").encode(),
    "book-title marks nested.txt": lambda: ("《" * 100_000 + "条例" + "》" * 100_000).encode(),
    "book-title marks never closed.txt": lambda: ("根据《条例" * 59_000).encode(),
    "brackets never closed.txt": lambda: ("（以下简称" * 29_000 + "〔2017" * 29_000).encode(),
    "document numbers never ended.txt": lambda: ("国办发〔2017〕" * 33_000).encode(),
    "dates without end.txt": lambda: ("2017年" * 59_000).encode(),
    "headings in one line.txt": lambda: ("一、二、（一）1." * 32_000).encode(),
    "spaces.txt": lambda: ("公开" + " " * 140_000 + "742" + "\u3000" * 140_000 + "条").encode(),
    "one character.txt": lambda: ("的" * 300_000).encode(),
    "tabs and bars.txt": lambda: ("自然人|新收政府信息|上年结转|\t" * 17_000).encode(),
    "table cells without end.txt": lambda: (
        "一、本年新收政府信息公开申请数量\n" + "0 " * 140_000 + "\n二、上年结转"
    ).encode(),
    "pinyin without end.txt": lambda: ("公(gōng)" * 42_000).encode(),
    "mojibake.txt": lambda: (LINE * 4_000).encode().decode("gb18030", "replace").encode(),
    "entities in text.txt": lambda: ("&" * 100_000 + "&amp;" * 39_000).encode(),
    "deep JSON.json": lambda: b"[" * 1_000_000,
    "a JSON number of 10,000 digits.jsonl": lambda: (
        b'{"id": ' + b"9" * 10_000 + b', "text": "' + LINE.encode() + b'"}\n'
    ),
    "a field without end.csv": lambda: b'text\n"' + LINE.encode() * 500_000,
    "broken.parquet": lambda: b"PAR1" + b"\x00" * 1_000 + b"PAR1",
    "a name of another directory.jsonl": lambda: json.dumps({"id": "../../../../tmp/evil", "text": LINE}).encode(),
}


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def measure(model: Path, name: str, directory: Path) -> Result:
    """Put one input through `govner records`."""
    path, out = directory / name, directory / f"{name}.out"
    path.write_bytes(INPUTS[name]())
    arguments = ["records", path, "--model", model, "--out", out, "--format", "parquet"]
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *map(str, arguments)], capture_output=True, encoding="utf8", check=False
    )
    seconds = time.monotonic() - start
    *said, memory = done.stderr.strip().splitlines()
    assert "Traceback" not in done.stderr and done.returncode in (0, 2), f"{name}: {done.stderr}"
    return Result(name, path.stat().st_size, seconds, float(memory), _outcome(out, said))


def _outcome(out: Path, said: list[str]) -> str:
    if not (out / "reports").is_dir():
        return said[-1]
    errors = pq.read_table(out / "errors").to_pylist()
    if errors:
        return f"{errors[0]['stage']}: {errors[0]['reason']}"
    rows = {name: pq.read_table(out / name).num_rows for name in ("sections", "mentions", "facts", "repairs")}
    return ", ".join(f"{number:,} {name}" for name, number in rows.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--only", help="Inputs whose name has this.", default="")
    arguments = parser.parse_args()
    print("| input | MB | s | MiB | result |\n|---|---:|---:|---:|---|")
    failed = False
    for name in INPUTS:
        if arguments.only not in name:
            continue
        with tempfile.TemporaryDirectory() as directory:
            result = measure(arguments.model.resolve(), name, Path(directory))
        over = result.seconds > LONGEST or result.memory > MOST_MEMORY
        failed |= over
        size = f"{result.bytes / 1e6:.1f}"
        outcome = result.outcome.replace("|", "\\|")[:100]
        print(
            f"| {name} | {size} | {result.seconds:.1f} | {result.memory:.0f} | {'OVER ' * over}{outcome} |", flush=True
        )
    sys.exit(failed)


if __name__ == "__main__":
    main()
