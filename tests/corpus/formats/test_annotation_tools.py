"""Files as annotation tools export them after people worked on them: what is good is read, what is not is told of."""

import json
from pathlib import Path
from typing import Any

import pytest

from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.registry import read_texts
from govner.errors import InputError

TEXT = "青禾县👩‍🚒报告\n收5元"


def read(path: Path, content: object) -> tuple[list[AnnotatedText], list[str]]:
    """Read a file of some content; what is in it, and what was told, without the path."""
    if isinstance(content, str):
        path.write_text(content, encoding="utf8", newline="")
    elif path.suffix == ".json":
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf8")
    else:
        assert isinstance(content, list)
        path.write_text("".join(json.dumps(item) + "\n" for item in content), "utf8")
    problems: list[InputError] = []
    texts = list(read_texts([path], None, problems.append))
    assert all(problem.path and problem.path.startswith(str(path.with_suffix(""))) for problem in problems)
    return texts, [f"{problem.line}: {problem.problem}" for problem in problems]


def marked(text: AnnotatedText) -> list[tuple[str, str]]:
    spans = sorted([*text.mentions, *text.sections])
    return [(text.text[span.start : span.end], span.label) for span in spans]


# Label Studio


def region(start: int, end: int, label: str, control: str = "mentions", **value: Any) -> dict[str, Any]:
    """A region as the editor stores it; newer versions note where it came from."""
    return {
        "id": f"{control}{start}",
        "from_name": control,
        "to_name": "text",
        "type": "labels",
        "origin": "manual",
        "value": {"start": start, "end": end, "labels": [label], **value},
    }


def task(*results: dict[str, Any], **annotation: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "data": {"text": TEXT, "id": "qinghe", "meta": {"id": "qinghe", "year": "2021"}},
        "annotations": [{"id": 3, "was_cancelled": False, "result": list(results), **annotation}],
        "predictions": [],
        "drafts": [],
        "project": 1,
    }


def test_an_export_of_label_studio_is_read(tmp_path: Path) -> None:
    both = region(0, 12, "META", "sections", text="青禾县👩‍🚒报告\\n收5元")
    content = [task(region(0, 3, "AGENCY", text="青禾县"), region(10, 12, "COUNT", text="5元"), both)]
    (text,), problems = read(tmp_path / "a.json", content)
    assert problems == []
    assert text.meta == {"id": "qinghe", "year": "2021"}
    # A section drawn over two lines is one of each.
    assert marked(text) == [
        ("青禾县", "AGENCY"), ("青禾县👩‍🚒报告", "META"), ("收5元", "META"), ("5元", "COUNT")
    ]  # fmt: skip


def test_json_min_of_label_studio_is_read(tmp_path: Path) -> None:
    value = {"start": 0, "end": 3, "text": "青禾县", "labels": ["AGENCY"]}
    record = {"id": 7, "text": TEXT, "mentions": [value], "annotator": 1, "lead_time": 3.5, "source": "甲"}
    (text,), problems = read(tmp_path / "a.json", [record])
    assert problems == []
    assert (text.meta, marked(text)) == ({"id": 7, "source": "甲"}, [("青禾县", "AGENCY")])


def test_what_is_wrong_in_an_export_of_label_studio_is_listed_with_lines(tmp_path: Path) -> None:
    choice = {"from_name": "quality", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}
    content = [
        task(region(0, 3, "ORG"), region(0, 3, "AGENCY", text="禾县报"), choice, region(10, 12, "COUNT")),
        {"data": {"text": "甲"}, "annotations": []},
        {"data": {"image": "a.png"}},
        [],
    ]
    texts, problems = read(tmp_path / "a.json", content)
    assert [marked(text) for text in texts] == [[("5元", "COUNT")]]
    needs = 'needs a task with "data": {"text"} and "annotations": [{"result"}], or an object of JSON-MIN'
    lines = [
        index + 1
        for index, line in enumerate((tmp_path / "a.json").read_text().split("\n"))
        if line[:2] in (" {", " [")
    ]
    assert problems == [
        f"{lines[0]}: qinghe: choices is no labelled passage; it is left out",
        f"{lines[0]}: qinghe: AGENCY 0-3 is '青禾县' in the text, not '禾县报'; mend its offsets",
        f"{lines[0]}: qinghe: ORG 0-3 has an unknown label; use one of AGENCY, OFFICIAL, DOCUMENT, COUNT, CHANNEL",
        f"{lines[1]}: a-{lines[1]}: has no annotation; it is left out",
        f"{lines[2]}: {needs}",
        f"{lines[3]}: {needs}",
    ]


def test_of_several_annotations_the_last_that_was_not_cancelled_is_read(tmp_path: Path) -> None:
    content = task(region(0, 3, "AGENCY"), updated_at="2021-02-01T00:00:00Z")
    content["annotations"] += [
        {"result": [region(10, 12, "COUNT")], "updated_at": "2021-01-01T00:00:00Z"},
        {"result": [], "was_cancelled": True, "updated_at": "2021-03-01T00:00:00Z"},
    ]
    (text,), problems = read(tmp_path / "a.json", [content])
    assert marked(text) == [("青禾县", "AGENCY")]
    assert problems == ["2: qinghe: has 2 annotations; the last is read"]


def test_an_array_that_breaks_off_is_read_up_to_there(tmp_path: Path) -> None:
    content = "[" + json.dumps(task(region(0, 3, "AGENCY"))) + ',\n{"data": '
    texts, problems = read(tmp_path / "a.json", content)
    assert len(texts) == 1
    assert problems[0].startswith("2: needs a task with")


# doccano


def test_an_export_of_doccano_is_read_in_utf16_units(tmp_path: Path) -> None:
    # As its editor counts: the emoji of three characters has five units.
    labels = [[0, 3, "AGENCY"], [0, 10, "META"], [12, 14, "COUNT"]]
    record = {"id": 4, "text": TEXT, "label": labels, "Comments": [], "meta": {"id": "qinghe"}}
    (text,), problems = read(tmp_path / "a.doccano.jsonl", [record])
    assert problems == []
    assert marked(text) == [("青禾县", "AGENCY"), ("青禾县👩‍🚒报告", "META"), ("5元", "COUNT")]
    assert text.meta == {"id": "qinghe"}


def test_an_export_with_relations_and_foreign_columns_is_read(tmp_path: Path) -> None:
    entities = [{"id": 1, "label": "AGENCY", "start_offset": 0, "end_offset": 3}]
    relations = [{"id": 1, "from_id": 1, "to_id": 1, "type": "same"}]
    record = {"id": 4, "text": TEXT, "entities": entities, "relations": relations, "year": "2021", "page": None}
    (text,), problems = read(tmp_path / "a.jsonl", [record])
    assert (text.meta, marked(text)) == ({"id": 4, "year": "2021"}, [("青禾县", "AGENCY")])
    assert problems == ["1: 4: has 1 relations; not read"]


def test_a_category_of_doccano_is_the_section_of_the_text(tmp_path: Path) -> None:
    record = {"id": 4, "text": "收5元", "cats": ["FEES"], "entities": [[1, 3, "COUNT"]]}
    (text,), problems = read(tmp_path / "a.jsonl", [record])
    assert (marked(text), problems) == ([("收5元", "FEES"), ("5元", "COUNT")], [])


def test_what_is_wrong_in_an_export_of_doccano_is_listed(tmp_path: Path) -> None:
    records = [
        {"id": 4, "text": TEXT, "label": [[4, 10, "AGENCY"], [0, 99, "AGENCY"], ["a", 1], [0, 3, "ORG"]]},
        {"id": 5, "label": []},
    ]
    (text,), problems = read(tmp_path / "a.doccano.jsonl", records)
    assert marked(text) == []
    needs = 'needs a JSON object with "text" and "label": [[start, end, label]]'
    assert problems == [
        f"1: {needs}",
        "1: 4: AGENCY -1-8 lies outside the text of 12 characters; mend its offsets",
        "1: 4: AGENCY 0-97 lies outside the text of 12 characters; mend its offsets",
        "1: 4: ORG 0-3 has an unknown label; use one of AGENCY, OFFICIAL, DOCUMENT, COUNT, CHANNEL",
        f"2: {needs}",
    ]


# Prodigy


def answered(text: str, spans: list[dict[str, Any]], accept: list[str], number: int, **keys: Any) -> dict[str, Any]:
    """A task as `db-out` exports it."""
    return {
        "text": text,
        "spans": spans,
        "accept": accept,
        "report": {"meta": {"id": "qinghe", "year": "2021"}, "paragraph": number, "paragraphs": 3},
        "_input_hash": 1,
        "_task_hash": 2,
        "_view_id": "blocks",
        "answer": "accept",
        "_session_id": "annotation-a",
        **keys,
    }


SPAN = {"start": 1, "end": 3, "token_start": 1, "token_end": 2, "label": "COUNT", "source": "manual"}


def test_tasks_of_prodigy_are_put_together_in_the_order_of_the_report(tmp_path: Path) -> None:
    tasks = [
        answered(" 收5元", [{**SPAN, "start": 2, "end": 4}], ["FEES"], 3),
        answered("报告", [], ["META"], 1),
        answered("2021年", [], [], 2),
    ]
    (text,), problems = read(tmp_path / "a.prodigy.jsonl", tasks)
    assert problems == []
    assert text.text == "报告\n2021年\n 收5元"
    assert text.meta == {"id": "qinghe", "year": "2021"}
    assert marked(text) == [("报告", "META"), ("收5元", "FEES"), ("5元", "COUNT")]


def test_tasks_of_prodigy_that_are_not_ours_are_texts_of_their_own(tmp_path: Path) -> None:
    tasks = [
        {"text": "收5元", "spans": [SPAN], "meta": {"source": "x"}, "answer": "accept"},
        {"text": "甲", "spans": []},
    ]
    texts, problems = read(tmp_path / "a.jsonl", tasks)
    assert ([text.id for text in texts], problems) == (["a-1", "a-2"], [])
    assert marked(texts[0]) == [("5元", "COUNT")]


def test_what_is_wrong_in_tasks_of_prodigy_is_listed(tmp_path: Path) -> None:
    tasks = [
        answered("收5元", [{**SPAN, "label": "ORG"}, {"start": 1}], ["FEES", "META"], 1),
        answered("甲", [], ["META"], 2, answer="reject"),
        answered("收5元", [], ["FEES"], 1, _session_id="annotation-b"),
        {"text": 5},
    ]
    (text,), problems = read(tmp_path / "a.prodigy.jsonl", tasks)
    assert marked(text) == [("收5元", "FEES")]
    needs = 'needs a JSON object with "text" and "spans": [{"start", "end", "label"}]'
    assert problems == [
        "2: qinghe: paragraph 2 was answered 'reject'; it is left out",
        "3: qinghe: paragraph 1 is annotated in line 1 too; keep one of the two",
        f"4: {needs}",
        "1: qinghe: 2 of 3 paragraphs are not in the file",
        f"1: {needs}",
        "1: qinghe: ORG 1-3 has an unknown label; use one of AGENCY, OFFICIAL, DOCUMENT, COUNT, CHANNEL",
        "1: qinghe: has 2 sections; the first is kept",
    ]


# brat


def standoff(folder: Path, text: str, annotations: str) -> Path:
    (folder / "a.txt").write_text(text, encoding="utf8", newline="")
    (folder / "a.ann").write_text(annotations, encoding="utf8", newline="")
    return folder / "a.ann"


def test_files_of_brat_are_read(tmp_path: Path) -> None:
    standoff(tmp_path, TEXT, "T3\tCOUNT 10 12\t5元\nT1\tMETA 0 8\t青禾县👩‍🚒报告\nT12\tAGENCY 0 3\t青禾县\n")
    (text,) = read_texts([tmp_path])
    assert text.id == "a"
    assert marked(text) == [("青禾县", "AGENCY"), ("青禾县👩‍🚒报告", "META"), ("5元", "COUNT")]


def test_a_text_of_brat_without_annotations_is_read(tmp_path: Path) -> None:
    standoff(tmp_path, TEXT, "")
    assert [marked(text) for text in read_texts([tmp_path / "a.txt"])] == [[]]


@pytest.mark.parametrize("start", [10, 11])
def test_line_ends_of_two_characters_are_counted_as_the_annotations_count_them(tmp_path: Path, start: int) -> None:
    standoff(tmp_path, TEXT.replace("\n", "\r\n"), f"T1\tCOUNT {start} {start + 2}\t5元\r\n")
    (text,) = read_texts([tmp_path])
    assert (text.text, marked(text)) == (TEXT, [("5元", "COUNT")])


def test_what_is_wrong_in_files_of_brat_is_listed_with_lines(tmp_path: Path) -> None:
    lines = [
        "T1\tAGENCY 0 3\t青禾县",
        "T2\tAGENCY 0 1;2 3\t青 县",
        "R1\tPart Arg1:T1 Arg2:T2",
        "#1\tAnnotatorNotes T1\t不确定",
        "T3 COUNT 10 12",
        "T4\tCOUNT 9 11\t5元",
        "T5\tORG 0 3\t青禾县",
    ]
    standoff(tmp_path, TEXT, "\n".join(lines))
    problems: list[InputError] = []
    (text,) = read_texts([tmp_path], None, problems.append)
    assert marked(text) == [("青禾县", "AGENCY")]
    assert [f"{problem.line}: {problem.problem}" for problem in problems] == [
        "2: 'T2\\tAGENCY 0 1;2 3\\t青 县' is a discontinuous passage; it is left out",
        "3: 'R1\\tPart Arg1:T1 Arg2:T2' is a relation; it is left out",
        "4: '#1\\tAnnotatorNotes T1\\t不确定' is a note; it is left out",
        "5: 'T3 COUNT 10 12' is not a line of the format; it is left out",
        "7: a: ORG 0-3 has an unknown label; use one of AGENCY, OFFICIAL, DOCUMENT, COUNT, CHANNEL",
        "6: a: COUNT 9-11 is '收5' in the text, not '5元'; mend its offsets",
    ]


def test_a_text_that_is_missing_is_told_of_and_the_others_are_read(tmp_path: Path) -> None:
    standoff(tmp_path, TEXT, "")
    (tmp_path / "b.ann").write_text("T1\tMETA 0 1\t甲\n", "utf8")
    problems: list[InputError] = []
    assert [text.id for text in read_texts([tmp_path], None, problems.append)] == ["a"]
    assert [problem.problem for problem in problems] == ["no such file; check the path"]
