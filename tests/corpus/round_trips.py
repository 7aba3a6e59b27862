"""Convert the corpus to every format and back, and print what came back.

make formats
"""

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from govner.corpus.convert import convert_files
from govner.corpus.formats.registry import FORMATS
from govner.corpus.inline import Report, format_report, read_report


def differences(source: Path, back: Path) -> tuple[int, int, int, int, int]:
    """Reports, mentions, sections and front matter that came back, and files that are not the same to the byte.

    Empty lines, which the inline format leaves out, are not counted as a difference.
    """
    reports = mentions = sections = meta = changed = 0
    for path in sorted(source.glob("*.txt")):
        other = back / path.name
        one = read_report(path)
        changed += not other.exists() or other.read_bytes() != format_report(one).encode()
        if not other.exists():
            continue
        two = read_report(other)
        reports += one.text == two.text
        mentions += len(set(one.mentions()) & set(two.mentions())) if one.text == two.text else 0
        sections += len(set(one.sections()) & set(two.sections())) if one.text == two.text else 0
        meta += list(one.meta.items()) == list(two.meta.items())
    return reports, mentions, sections, meta, changed


def totals(reports: list[Report]) -> tuple[int, int, int]:
    """Reports, mentions and sections."""
    return len(reports), sum(len(r.mentions()) for r in reports), sum(len(r.sections()) for r in reports)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    arguments = parser.parse_args()
    counts = totals([read_report(path) for path in sorted(arguments.corpus.glob("*.txt"))])
    print(f"{counts[0]} reports, {counts[1]} mentions, {counts[2]} sections\n")
    print("| format | reports | mentions | sections | front matter | files that differ | problems | MB | seconds |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    lost = False
    for format in FORMATS.values():
        with TemporaryDirectory() as folder:
            between = Path(folder) / ("between" if format.directory else f"between{format.suffixes[0]}")
            start = time.perf_counter()
            if format.name == "bio":
                # It has neither borders of reports nor sections: a file a report, and a section for what comes back.
                sources = sorted(arguments.corpus.glob("*.txt"))
                targets = [between.with_suffix("") / f"{path.stem}.bio" for path in sources]
                between, section = between.with_suffix(""), "OTHER"
            else:
                sources, targets, section = [arguments.corpus], [between], None
            problems = 0
            for one, other in zip(sources, targets, strict=True):
                problems += len(convert_files([one], other, target=format).problems)
            back = convert_files([between], Path(folder) / "back", source=format, section=section)
            problems += len(back.problems)
            seconds = time.perf_counter() - start
            files = [between] if between.is_file() else [path for path in between.rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files) / 1e6
            found = differences(arguments.corpus, Path(folder) / "back")
        lost |= format.name != "bio" and (found[4] > 0 or problems > 0)
        columns = (*found, problems, f"{size:.1f}", f"{seconds:.1f}")
        print(f"| {format.name} | " + " | ".join(map(str, columns)) + " |", flush=True)
    if lost:
        sys.exit("something was lost")


if __name__ == "__main__":
    main()
