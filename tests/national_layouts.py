"""Invented national tables and the layouts in which crawled reports have them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from govner.records.national.templates import OUTCOME_ROWS, TEMPLATES, Template
from govner.records.schema import TableEdition

Lines = list[list[str]]
_NUMBERS = {"不予公开": "（三）", "无法提供": "（四）", "不予处理": "（五）", "其他处理": "（六）"}
_SIDE = "三、本年度办理结果"


@dataclass
class Report:
    """A report's tables: what stands in each cell by kind, row and column."""

    edition: TableEdition
    cells: dict[tuple[str, str, str], str] = field(default_factory=dict)
    total_first: bool = False
    by_case: bool = False
    damage: Callable[[Lines], Lines] = field(default=lambda lines: lines)

    def template(self, kind: str) -> Template:
        """The form of one of its tables."""
        return TEMPLATES[kind, self.edition]  # type: ignore[index]

    def row(self, kind: str, row: str) -> list[str]:
        """What stands in the cells of a row, in the order of the form."""
        return [self.cells[kind, row, column.id] for column in self.template(kind).by_id[row].columns]


def make_report(rng: random.Random, blanks: str = "0", edition: TableEdition | None = None) -> Report:
    """A report whose numbers satisfy all sums; `blanks` are what may stand for nothing ("", "0", "/", "-")."""
    edition = edition or rng.choice(["2019", "2021"])
    report = Report(edition)

    def nothing() -> str:
        return rng.choice(blanks.split("|"))

    for row in report.template("disclosure").rows:
        for column in row.columns:
            number = rng.choice([0, rng.randrange(1, 10), rng.randrange(10, 3000)])
            text = str(number) if number else nothing()
            if column.id == "change" and number:
                text = rng.choice(["+", "-"]) + str(number)
            if column.id in ("amount", "fees") and number:
                text = f"{number}.{rng.randrange(1, 100):02}"
            report.cells["disclosure", row.id, column.id] = text
    _fill_requests(rng, report, nothing)
    for row in report.template("remedies").rows:
        numbers = [rng.choice([0, 0, 0, 1, 2, 14]) for _ in row.columns[:-1]]
        for column, number in zip(row.columns, [*numbers, sum(numbers)], strict=True):
            report.cells["remedies", row.id, column.id] = str(number) if number else nothing()
    return report


def _fill_requests(rng: random.Random, report: Report, nothing: Callable[[], str]) -> None:
    template = report.template("requests")
    columns = [column.id for column in template.rows[0].columns]
    numbers = {(row.id, column): 0 for row in template.rows for column in columns}
    for column in columns[:-1]:
        if column not in ("natural_person", "business") and rng.random() < 0.7:
            continue
        for row in OUTCOME_ROWS:
            if (row, column) in numbers and rng.random() < 0.35:
                numbers[row, column] = rng.choice([1, 2, 3, 7, 12, 105])
        numbers["total", column] = sum(numbers.get((row, column), 0) for row in OUTCOME_ROWS)
        numbers["carried_out", column] = rng.choice([0, 0, 1, 4])
        whole = numbers["total", column] + numbers["carried_out", column]
        numbers["carried_in", column] = rng.randrange(0, min(whole, 5) + 1)
        numbers["new", column] = whole - numbers["carried_in", column]
    for row in template.rows:
        numbers[row.id, "total"] = sum(numbers[row.id, column] for column in columns[:-1])
        for column in columns:
            number = numbers[row.id, column]
            report.cells["requests", row.id, column] = str(number) if number else nothing()


def disclosure_lines(report: Report) -> Lines:
    """The rows of the table of disclosure as the form has them."""
    lines: Lines = []
    group = ""
    for row in report.template("disclosure").rows:
        if row.group != group:
            group = row.group
            lines.append([group])
            lines.append(["信息内容", *(column.label for column in row.columns)])
        lines.append([row.label, *report.row("disclosure", row.id)])
    return lines


def request_lines(report: Report) -> Lines:
    """The rows of the table of requests; a label that reaches down stands only in its first row."""
    applicants = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    header = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"]
    second = ["总计", "自然人", "法人或其他组织"] if report.total_first else ["自然人", "法人或其他组织", "总计"]
    lines: Lines = [header, second, applicants]
    group = ""
    for row in report.template("requests").rows:
        labels = []
        if row.id == "granted":
            labels.append(_SIDE)
        if row.group and row.group != group:
            labels.append(_NUMBERS[row.group] + row.group)
        group = row.group
        labels.append(row.number + row.label)
        cells = report.row("requests", row.id)
        lines.append([*labels, *([cells[-1], *cells[:-1]] if report.total_first else cells)])
    return lines


def remedy_lines(report: Report) -> Lines:
    """The rows of the table of reviews and lawsuits."""
    rows = report.template("remedies").rows
    outcomes = [column.label for column in rows[0].columns]
    if report.by_case:
        return [["", *outcomes], *([row.label, *report.row("remedies", row.id)] for row in rows)]
    cells = [cell for row in rows for cell in report.row("remedies", row.id)]
    return [["行政复议", "行政诉讼"], [*outcomes, "未经复议直接起诉", "复议后起诉"], [*outcomes, *outcomes], cells]


def write_numbers(rng: random.Random, report: Report) -> None:
    """Write some numbers of a report in other ways: full width, with thousands marks, with a measure word."""
    ways = [
        lambda text: text.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),
        lambda text: f"{int(text):,}" if text.isdecimal() else text,
        lambda text: text + "件" if text.isdecimal() else text,
    ]
    for place, text in report.cells.items():
        if text.strip("/-") and rng.random() < 0.15:
            report.cells[place] = rng.choice(ways)(text)


def damage_labels(rng: random.Random) -> Callable[[Lines], Lines]:
    """Ways in which labels come to harm that leave it clear which they are."""
    half_width = rng.random() < 0.5
    numbered = rng.random() < 0.8

    def damage(label: str) -> str:
        if half_width:
            label = label.translate({ord(wide): narrow for wide, narrow in zip("（）：，", "():,", strict=True)})
        if not numbered:
            label = re.sub(r"^(?:[一二三四]、|[（(][一二三四五六七][）)]|\d\.)", "", label)
        chance = rng.random()
        place = rng.randrange(len(label)) if label else 0
        if len(label) < 5 or "第二十条" in label:
            return label
        if chance < 0.1:
            return label[:place] + rng.choice([" ", "\u3000", "\u00a0"]) + label[place:]
        if chance < 0.15 and len(label) > 7:
            return label[: -len(label) // 4]
        if chance < 0.2 and len(label) > 7:
            return label[:place] + rng.choice("俯青禾工") + label[place + 1 :]
        return label

    def damage_all(lines: Lines) -> Lines:
        return [[damage(cell) if re.search("[\u4e00-\u9fff]{2}", cell) else cell for cell in line] for line in lines]

    return damage_all


def _parts(report: Report, render: Callable[[Lines], str]) -> str:
    return "\n".join(
        [
            "二、主动公开政府信息情况",
            render(report.damage(disclosure_lines(report))),
            "三、收到和处理政府信息公开申请情况",
            render(report.damage(request_lines(report))),
            "四、政府信息公开行政复议、行政诉讼情况",
            render(report.damage(remedy_lines(report))),
            "五、存在的主要问题及改进情况",
            "一是主动公开的意识有待加强，2项制度需要修订；二是培训不够，全年只有1次。",
        ]
    )


def _padded(line: list[str], width: int) -> list[str]:
    return line + [""] * (width - len(line))


def _framed(lines: Lines) -> str:
    width = max(map(len, lines))
    rows = ["| " + " | ".join(_padded(line, width)) + " |" for line in lines]
    return "\n".join([rows[0], "|" + " --- |" * width, *rows[1:]])


def _closed(lines: Lines) -> str:
    width = max(map(len, lines))
    return "\n".join(" | ".join(line) + " |" + "|" * (width - len(line)) for line in lines)


def _closed_cells(lines: Lines) -> str:
    width = max(map(len, lines))
    rows = []
    for line in lines:
        rows.extend(f"{cell} |" if cell else "|" for cell in line)
        if len(line) < width:
            rows.append("|" * (width - len(line)))
    return "\n".join(rows)


def _pieces(label: str, size: int) -> Iterator[str]:
    for start in range(0, len(label), size):
        yield label[start : start + size]


def _printed(lines: Lines) -> str:
    """As text of a page: labels broken into lines, cells beside their middle line, numbers of pages between."""
    rows = []
    for number, line in enumerate(lines):
        place = next((place for place, cell in enumerate(line) if cell[:1].isdigit() and "." not in cell[1:2]), None)
        if place is None or not place or len(line[place - 1]) < 12:
            rows.append(" ".join(line))
        else:
            label = list(_pieces(line[place - 1], 9))
            cells = " ".join(line[place:])
            if len(label) % 2:
                label[len(label) // 2] += " " + cells
            else:
                label.insert(len(label) // 2, cells)
            rows.extend([*line[: place - 1], *label])
        if number % 11 == 10:
            rows.append(f"- {number // 11 + 2} -")
    return "\n".join(rows)


def _down_the_side(lines: Lines) -> str:
    """本年度办理结果 two characters a line beside the rows."""
    side = list(_pieces(_SIDE, 2))
    rows = []
    for line in lines:
        cells = [cell for cell in line if cell != _SIDE]
        if line[0] == _SIDE or (0 < len(side) < 5 and len(line) > 6):
            rows.append(side.pop(0))
        rows.append(" ".join(cells))
    return "\n".join(rows)


def _label_then_cells(lines: Lines) -> str:
    rows = []
    for line in lines:
        place = next(
            (place for place, cell in enumerate(line) if place and (not cell or cell[0] in "0123456789/-+")), 0
        )
        place = 0 if len(line) == 15 else place
        rows.extend([" ".join(line[:place]), " ".join(line[place:])] if place else [" ".join(line)])
    return "\n".join(rows)


def _joined(separator: str) -> Callable[[Lines], str]:
    return lambda lines: "\n".join(separator.join(line) for line in lines)


def _flat(separator: str) -> Callable[[Lines], str]:
    return lambda lines: separator.join(cell for line in lines for cell in line)


def _run_in(report: Report) -> str:
    text = _parts(report, _flat(" "))
    return "全年主动公开信息2745条，收到申请5件，上年结转0件，均已办结。" + text.replace("\n", " ")


def _clip(lines: Lines) -> Lines:
    """Labels of columns with their ends cut off."""
    return [
        [cell[:3] if cell in ("商业企业", "科研机构", "社会公益组织", "法律服务机构") else cell for cell in line]
        for line in lines
    ]


# What each layout can hold for nothing: only some keep the place of a blank.
LAYOUTS: dict[str, tuple[Callable[[Report], str], str]] = {
    "bars": (lambda report: _parts(report, _joined(" | ")), "0||/|-"),
    "bars, framed, with a rule": (lambda report: _parts(report, _framed), "0||/|-"),
    "bars, closed and padded": (lambda report: _parts(report, _closed), "0||/|-"),
    "bars, one cell a line": (lambda report: _parts(report, _closed_cells), "0||/|-"),
    "bars, one line": (lambda report: _parts(report, _flat(" | ")), "0||/|-"),
    "bars, clipped": (lambda report: _parts(report, lambda lines: _joined("|")(_clip(lines))), "0||/|-"),
    "double bars": (
        lambda report: _parts(report, lambda lines: "\n".join("||" + "||".join(line) + "||" for line in lines)),
        "0||/|-",
    ),
    "full-width bars": (lambda report: _parts(report, _joined("｜")), "0||/|-"),
    "tabs": (lambda report: _parts(report, _joined("\t")), "0||/|-"),
    "cell a line": (lambda report: _parts(report, _flat("\n")), "0|/|-"),
    "cell a line, blank lines for blanks": (lambda report: _parts(report, _flat("\n")), "0|0|0|"),
    "cell a line, empty lines between": (lambda report: _parts(report, _flat("\n\n")), "0|/|-"),
    "spaces": (lambda report: _parts(report, _joined(" ")), "0|/|-"),
    "spaces, two for a blank": (lambda report: _parts(report, _joined(" ")), "0|0|0|"),
    "two spaces": (lambda report: _parts(report, _joined("  ")), "0|/|-"),
    "full-width spaces": (lambda report: _parts(report, _joined("\u3000")), "0|/|-"),
    "full-width spaces, two for a blank": (lambda report: _parts(report, _joined("\u3000")), "0|0|0|"),
    "one line": (lambda report: _parts(report, _flat(" ")), "0|/|-"),
    "run into the paragraph before": (_run_in, "0|/"),
    "label, then cells": (lambda report: _parts(report, _label_then_cells), "0|/|-"),
    "printed page": (lambda report: _parts(report, _printed), "0"),
    "down the side": (lambda report: _parts(report, _down_the_side), "0|/"),
}
