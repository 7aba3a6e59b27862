"""`govner evaluate` with its page, plots, breakdowns and a second model."""

import json
from pathlib import Path

import pytest
from lxml import html

from helpers import CORPUS, forked, succeed


def test_one_run_writes_page_plots_scores_and_errors_of_two_models(small_model: Path, tmp_path: Path) -> None:
    page, scores, errors, plots = (tmp_path / name for name in ("page.html", "scores.json", "errors.jsonl", "plots"))
    # fmt: off
    out = succeed(forked(
        "evaluate", small_model, CORPUS, "--against", small_model, "--by", "condition", "--vary", "numbers",
        "--report", page, "--output", scores, "--errors", errors, "--plots", plots,
    ))
    # fmt: on
    found = json.loads(scores.read_text("utf8"))
    assert list(found["breakdown"]) == ["form", "level", "period", "condition"]
    assert {value: part["documents"] for value, part in found["breakdown"]["period"].items()} == {
        "2008–2018": 3,
        "from 2019": 3,
    }
    assert sum(map(sum, found["confusion"]["sections"]["counts"])) == found["paragraphs"]
    assert found["comparison"]["entities"]["ALL"]["p"] == 1
    rows = [json.loads(line) for line in errors.read_text("utf8").splitlines()]
    assert {row["by"] for row in rows} == {"both"}
    assert found["comparison"]["errors"] == {"both": len(rows), "first": 0, "second": 0}
    assert f"errors: {len(rows)} of both, 0 of the model alone, 0 of the other alone" in out
    assert "by condition" in out
    tree = html.fromstring(page.read_text("utf8"))
    assert len(json.loads(tree.xpath("//script[@id='data']")[0].text)["errors"]) == len(rows)
    assert tree.xpath("//section[@id='scores']//tr[th='numbers']")
    assert "numbers" in tree.xpath("string(//section[@id='scores'])")
    assert f"{len(list(plots.glob('*.png')))} plots in {plots}" in out


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--by", "colour"), "error: no gold report has the key 'colour'; use one of body, condition, form, id, "),
        (("--against", "nothing"), "error: nothing: no such model; "),
    ],
)
def test_mistake_ends_in_one_line_before_anything_is_scored(
    small_model: Path, tmp_path: Path, options: tuple[str, str], problem: str
) -> None:
    done = forked("evaluate", small_model, CORPUS, *options, "--report", tmp_path / "page.html")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(problem)
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "page.html").exists()


def test_page_that_cannot_be_written_is_named_and_what_was_written_stays(small_model: Path, tmp_path: Path) -> None:
    scores = tmp_path / "scores.json"
    done = forked("evaluate", small_model, CORPUS, "--output", scores, "--report", scores / "page.html")
    assert done.returncode == 2
    assert "page.html: cannot be written" in done.stderr
    assert json.loads(scores.read_text("utf8"))["documents"] == 6
