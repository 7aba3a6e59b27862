"""Measuring how much reports repeat each other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.corpus.inline import Paragraph, Report
from govner.corpus.overlap import RUN, Overlap, measure_overlap, read_phrases

SHARED = "甲乙丙丁戊己庚辛壬癸子丑寅卯"


def report(text: str, name: str = "a") -> Report:
    return Report([Paragraph("META", line) for line in text.split("\n")], {"id": name})


def measure(one: str, other: str, *phrases: str) -> list[Overlap]:
    return measure_overlap([report(one, "one"), report(other, "two")], phrases)


def test_share_is_that_of_the_shorter_report() -> None:
    (found,) = measure(SHARED + "一二三四五六", f"前言{SHARED}以及一段很长的别的文字，说明其他事情")
    assert (found.shorter.id, found.longer.id) == ("one", "two")
    assert found.share == pytest.approx(14 / 20)
    assert found.example == SHARED


def test_runs_of_eleven_characters_are_not_shared_runs() -> None:
    assert measure("一" + SHARED[: RUN - 1] + "二", "三" + SHARED[: RUN - 1] + "四") == []


def test_white_space_and_line_ends_do_not_hide_repetition() -> None:
    (found,) = measure(SHARED, SHARED[:7] + " \n\u3000" + SHARED[7:])
    assert found.share == 1


def test_set_phrases_are_set_aside_and_part_runs() -> None:
    assert measure(SHARED + "一二三四五六七八", "九" + SHARED, SHARED) == []
    # Six characters on either side of a phrase are no run of twelve.
    assert (
        measure(SHARED[:6] + "根据条例" + SHARED[6:12], "序" + SHARED[:6] + "根据条例" + SHARED[6:12], "根据条例") == []
    )


def test_pairs_below_the_limit_are_left_out_and_the_greatest_share_comes_first() -> None:
    reports = [report(SHARED, "a"), report(SHARED + "一二三四五", "b"), report("零" * 200 + SHARED, "c")]
    assert [(o.shorter.id, o.longer.id) for o in measure_overlap(reports, (), 0.9)] == [("a", "b"), ("a", "c")]
    assert len(measure_overlap(reports, (), 0.1)) == 3


@given(st.text("一二三四", max_size=60), st.text("一二三四", max_size=60))
def test_share_is_that_of_characters_in_runs_of_the_other(one: str, other: str) -> None:
    first, second = sorted((f"x{one}", f"y{other}"), key=len)
    covered = {
        at + step
        for at in range(len(first) - RUN + 1)
        if first[at : at + RUN] in second
        for step in range(RUN)
    }  # fmt: skip
    found = measure_overlap([report(first, "1"), report(second, "2")])
    assert sum(overlap.share for overlap in found) == pytest.approx(len(covered) / len(first))


def test_phrases_are_read_without_comments(tmp_path: Path) -> None:
    path = tmp_path / "phrases.txt"
    path.write_text("# statutory\n根据条例\n\n  年度报告 \n", encoding="utf8")
    assert read_phrases(path) == ["根据条例", "年度报告"]
