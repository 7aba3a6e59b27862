"""Build src/govner/data/simplified.txt: traditional characters and their simplified forms, from OpenCC (Apache-2.0).

Usage: pip install opencc==1.4.2 && python training/build_simplified.py
The file is committed; reading a report needs no OpenCC.
"""

from __future__ import annotations

from pathlib import Path

from opencc import OpenCC

TARGET = Path(__file__).parent.parent / "src" / "govner" / "data" / "simplified.txt"
HEAD = (
    "# A traditional character and its simplified form, by OpenCC 1.4.2 (t2s, Apache-2.0); "
    "made by training/build_simplified.py\n"
)


def main() -> None:
    """Write the pairs of the basic block."""
    convert = OpenCC("t2s").convert
    chars = [chr(code) for code in range(0x4E00, 0xA000)]
    pairs = [(char, convert(char)) for char in chars]
    lines = [f"{old}{new}\n" for old, new in pairs if new != old and len(new) == 1]
    TARGET.write_text(HEAD + "".join(lines), "utf8")
    print(f"{len(lines)} characters")


if __name__ == "__main__":
    main()
