"""Coverage-guided fuzzing of read → tag → records → write → read back: `python tests/fuzz.py MODEL --seconds 600`.

Each input is the bytes of a file of some kind, begun from small files of all kinds. Whatever they hold, there must be
rows whose offsets point at their text and which come back from Parquet as they were, or an error of one line; never
another exception, and never more than a few seconds.
"""

import argparse
import importlib
import io
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["govner"]):
    for module in ("cleaning.view", "engine.rows", "input.docx.reader", "input.html.reader", "input.pdf.reader"):
        importlib.import_module(f"govner.{module}")

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent))

from engine.all_inputs import KINDS
from engine_runs import report_text
from govner.engine.rows import rows_of_report
from govner.engine.tables import schemas, to_table
from govner.errors import InputError
from govner.input.limits import Limits
from govner.input.reader import read_input
from govner.loading import load_pipeline
from govner.records.reading import tag_texts
from govner.tagging import Tagged

SUFFIXES: Final = ("txt", "html", "pdf", "docx", "json", "jsonl", "csv", "parquet")
LIMITS: Final = Limits(megabytes=1, characters=5_000)
SLOWEST: Final = 20.0
SCHEMAS: Final = schemas("records")


def check(nlp: object, path: Path) -> None:
    """Put one file through; raises where anything but rows or an error comes out."""
    start = time.monotonic()
    for found in read_input(str(path), "fuzz", limits=LIMITS):
        if isinstance(found, InputError):
            assert "\n" not in str(found).replace(str(path), ""), found
            continue
        [tagged] = tag_texts(nlp, [found])  # type: ignore[arg-type]
        assert isinstance(tagged, Tagged)
        rows = rows_of_report("records", tagged.doc, found, tagged.view)
        for name, table in rows.items():
            for row in table:
                if row.get("start") is not None:
                    assert found.text[row["start"] : row["end"]] == row["text"], (name, row)
            made, written = to_table(table, SCHEMAS[name]), io.BytesIO()
            pq.write_table(made, written)
            assert pq.read_table(io.BytesIO(written.getvalue())).to_pylist() == made.to_pylist()
        json.dumps(rows["sections"])
    assert time.monotonic() - start < SLOWEST, f"took {time.monotonic() - start:.1f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--seconds", type=int, default=600)
    arguments = parser.parse_args()
    nlp = load_pipeline(str(arguments.model))
    directory = Path(tempfile.mkdtemp(prefix="fuzz-"))
    begun = directory / "corpus"
    begun.mkdir()
    for number, (suffix, write) in enumerate(KINDS.values()):
        kind = SUFFIXES.index({"md": "txt", "htm": "html"}.get(suffix, suffix))
        (begun / str(number)).write_bytes(bytes([kind]) + write(report_text(number)))

    def one(data: bytes) -> None:
        if not data:
            return
        path = directory / f"input.{SUFFIXES[data[0] % len(SUFFIXES)]}"
        path.write_bytes(data[1:])
        check(nlp, path)

    options = [f"-max_total_time={arguments.seconds}", "-max_len=20000", "-timeout=60", "-rss_limit_mb=4000"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={directory}/", str(begun)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
