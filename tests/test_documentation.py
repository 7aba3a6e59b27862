"""Examples of the documentation do what it says."""

import contextlib
import io

from helpers import ROOT


def test_the_example_of_repairing_runs() -> None:
    [block] = (ROOT / "docs" / "inputs.md").read_text("utf8").split("```python\n")[1:]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(block.split("```")[0], {})
    text, places = out.getvalue().splitlines()
    assert text == "公开政府信息12条，其中“三公”经费3条。"
    assert places == "(19, 21) ['width', 'entity', 'entity']"
