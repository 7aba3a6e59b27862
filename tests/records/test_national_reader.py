"""What the reader of the national tables does with the odd things that crawled reports have."""

import time
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from govner.records.national.identities import check_identities
from govner.records.national.reader import read_tables
from govner.records.national.templates import TEMPLATES
from govner.records.schema import NationalTable
from govner.records.source import Source

APPLICANTS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n"
FRAGMENTS = [
    *[
        "本年新收政府信息公开申请数量",
        "上年结转",
        "（一）予以公开",
        "自然人",
        "商业企业",
        "总计",
        "其他",
        "规章",
        "行政规范性文件",
        "行政许可",
    ],
    *["结果维持", "结果纠正", "尚未审结", "行政复议", "未经复议直接起诉", "结转下年度继续办理", "第二十条第（一）项"],
    *(" ", "\n", "|", "\t", "||", "\u3000", "0", "12", "/", "-", "- 3 -", "1.", "---", "件", "，", "（", "）"),
    *("000", "1 406", "+2", "1:", "２", "——", "…", "无", "减2.", "增"),
]


def read(text: str) -> list[NationalTable]:
    return list(read_tables(Source(text, (), ())))


def rows_of(table: NationalTable) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.raw if cell.certain else "?")
    return rows


def test_a_blank_a_slash_a_dash_and_a_nought_stay_apart() -> None:
    header = APPLICANTS.replace(" ", "|")
    [table] = read(header + "一、本年新收|3||/|-|0|无|3\n二、上年结转|0|0|0|0|0|0|0\n四、结转下年度继续办理|||||||")
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    kinds = [cells["new", column.id].kind for column in TEMPLATES["requests", "2021"].rows[0].columns]
    assert kinds == ["number", "blank", "slash", "dash", "number", "other", "number"]
    assert [cells["new", name].value for name in ("business", "research", "legal_service")] == [None, None, Decimal(0)]
    assert {cell.kind for cell in table.cells if cell.row == "carried_out"} == {"blank"}


def test_rows_that_are_not_there_are_uncertain_and_named() -> None:
    [table] = read(APPLICANTS + "一、本年新收 3 0 0 0 0 0 3\n二、上年结转 0 0 0 0 0 0 0\n（七）总计 3 0 0 0 0 0 3")
    assert rows_of(table)["granted"] == ["?"] * 7
    assert table.problem is not None
    assert "予以公开" in table.problem
    assert not any(cell.certain for cell in table.cells if cell.row == "carried_out")


def test_a_label_without_cells_is_a_row_of_blanks() -> None:
    [table] = read(
        APPLICANTS + "一、本年新收 3 0 0 0 0 0 3\n二、上年结转\n（一）予以公开 3 0 0 0 0 0 3\n（二）部分公开\n"
    )
    rows = rows_of(table)
    assert rows["carried_in"] == rows["partial"] == [""] * 7


def test_cells_that_a_page_dropped_are_not_guessed() -> None:
    header = "自然人/法人或其他组织/总计/商业企业/科研机构/社会公益组织/法律服务机构/其他"
    lines = [f"{label} |" for label in header.split("/")]
    for label, *cells in (("一、本年新收", "3", "3"), ("二、上年结转", "0", "0"), ("（七）总计", "2", "1", "3")):
        lines += [f"{label} |", *(f"{cell} |" for cell in cells), "|" * (9 - len(cells))]
    [table] = read("\n".join(lines))
    assert rows_of(table)["new"] == ["?"] * 6 + ["3"]
    assert rows_of(table)["total"] == ["?"] * 6 + ["3"]
    assert rows_of(table)["carried_in"][-1] in ("?", "0")
    assert table.chosen_by_identity


def test_sums_by_column_choose_where_sums_by_row_do_not() -> None:
    lines = ["一、本年新收 5 1 6", "二、上年结转 0 0 0 0 0 0 0", "（一）予以公开 5 0 0 0 1 0 6"]
    lines += ["（七）总计 5 0 0 0 1 0 6", "四、结转下年度继续办理 0 0 0 0 0 0 0"]
    [table] = read(APPLICANTS + "\n".join(lines))
    assert rows_of(table)["new"] == ["5", "", "", "", "1", "", "6"]
    assert table.chosen_by_identity


def test_digits_that_ran_together_are_read_where_sums_allow_one_reading() -> None:
    lines = [
        "一、本年新收政府信息公开申请数量30010004",
        "二、上年结转政府信息公开申请数量0000000",
        "（一）予以公开120000012",
    ]
    [table] = read(APPLICANTS + "\n".join(lines))
    rows = rows_of(table)
    assert rows["new"] == ["?"] * 7
    assert rows["carried_in"] == ["0"] * 7
    assert rows["granted"] == ["12", "0", "0", "0", "0", "0", "12"]


def test_a_number_with_a_space_for_thousands_is_one_cell() -> None:
    lines = "一、本年新收 1 406 3 0 0 0 0 1 409\n二、上年结转 0 0 0 0 0 0 0\n（一）予以公开 1 400 3 0 0 0 0 1403\n"
    [table] = read(APPLICANTS + lines)
    assert rows_of(table)["new"] == ["1 406", "3", "0", "0", "0", "0", "1 409"]
    assert rows_of(table)["granted"][0] == "1 400"
    assert next(cell.value for cell in table.cells if cell.row == "new") == Decimal(1406)


def test_the_number_of_a_page_is_no_cell() -> None:
    rows = ["二、上年结转 0 0 0 0 0 0 0", "12", "（一）予以公开 1 0 0 0 0 0 1", "— 3 —", "（七）总计 1 0 0 0 0 0 1"]
    [table] = read(APPLICANTS + "一、本年新收 1 0 0 0 0 0 1\n" + "\n".join(rows))
    assert rows_of(table)["carried_in"] == ["0"] * 7
    assert rows_of(table)["granted"] == ["1", "0", "0", "0", "0", "0", "1"]


def test_columns_that_a_header_leaves_out_are_uncertain() -> None:
    [table] = read("自然人|商业企|其他|总\n本年新收|8|1|0|9\n上年结转|1|0|0|1\n总计|9|1|0|10\n")
    assert rows_of(table)["new"] == ["8", "1", "?", "?", "?", "0", "9"]
    assert table.problem is not None


def test_a_column_named_before_each_cell_is_its_column() -> None:
    [table] = read("本年新收 自然人 7 商业企业 1 总计 8 上年结转 自然人 0 总计 0")
    assert rows_of(table)["new"] == ["7", "1", "?", "?", "?", "?", "8"]
    [table] = read("规范性文件 1 1 4 第二十条第（五）项 行政许可 上一年项目数量 3 本年增/减 -1 处理决定数量 84")
    assert rows_of(table)["licences"] == ["3", "-1", "84"]
    [table] = read("规范性文件 1 1 4 第二十条第（五）项 行政许可 上一年项目数量 3 本年增/减 5 处理决定数量 84")
    assert rows_of(table)["licences"] == ["3", "5", "84"]
    [table] = read("行政复议：结果维持5、结果纠正1、其他结果2、尚未审结0，总计8；行政诉讼：未发生，复议后起诉无。")
    assert rows_of(table)["review"] == ["5", "1", "2", "0", "8"]


def test_a_column_that_is_all_the_others_is_each_of_them() -> None:
    [table] = read("本年新收 自然人13 商业企业2 其余为0 总计15\n上年结转 自然人1 其余均为0 总计1")
    assert rows_of(table)["new"] == ["13", "2", "0", "0", "0", "0", "15"]
    assert rows_of(table)["carried_in"] == ["1", "0", "0", "0", "0", "0", "1"]


def test_one_number_a_row_is_the_total_where_another_row_names_it() -> None:
    [table] = read("本年新收 自然人2 商业企业1 总计3 上年结转0 予以公开2 无法提供1 总计3 结转下年度0")
    assert rows_of(table)["new"] == ["2", "1", "?", "?", "?", "?", "3"]
    assert rows_of(table)["carried_in"] == [*"??????", "0"]
    assert rows_of(table)["granted"] == [*"??????", "2"]


def test_a_label_in_brackets_before_its_cells_is_read() -> None:
    [table] = read(APPLICANTS + "本年新收 2 0 0 0 0 0 2 无法提供（本机关不掌握） 1 0 0 0 0 0 1 总计 2 0 0 0 0 0 2")
    assert rows_of(table)["not_held"] == [*"100000", "1"]
    [table] = read(APPLICANTS + "本年新收 2 0 0 0 0 0 2 无法提供（即本机关不掌握的） 1 0 0 0 0 0 1 总计 2 0 0 0 0 0 2")
    assert rows_of(table)["not_held"] == [*"???????"]


def test_total_comes_first_where_header_or_sums_say_so() -> None:
    rows = "一、本年新收 6 5 1 0 0 0 0\n二、上年结转 0 0 0 0 0 0 0\n（一）予以公开 6 5 1 0 0 0 0\n"
    [named] = read("总计 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他\n" + rows)
    [unnamed] = read(rows + "结转下年度继续办理")
    assert rows_of(named)["new"] == rows_of(unnamed)["new"] == ["5", "1", "0", "0", "0", "0", "6"]
    assert unnamed.chosen_by_identity
    assert not named.chosen_by_identity


def test_a_row_for_each_outcome_is_read_too() -> None:
    [table] = read("复议后起诉 结果维持 1 0 0\n结果纠正 0 0 0\n其他结果 0 2 0\n尚未审结 0 0 0\n总计 1 2 0")
    assert rows_of(table)["direct_suit"] == ["0", "0", "2", "0", "2"]


def test_a_header_written_downwards_is_read() -> None:
    header = (
        "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结 结 其 尚\n果 果 他 未 总\n维 纠 结 审 计\n持 正 果 结\n"
    )
    [table] = read("自然人 尚未审结\n" + header + "0 1 0 0 1 0 0 2 0 2 0 0 0 0 0")
    assert rows_of(table)["review"] == ["0", "1", "0", "0", "1"]
    assert rows_of(table)["direct_suit"] == ["0", "0", "2", "0", "2"]


def test_one_number_a_row_gives_no_cells() -> None:
    text = "新收政府信息公开申请 6/上年结转 0/予以公开 3/部分公开 2/总计 5/结转下年度继续办理 1"
    [table] = read(text)
    assert table.cells == ()
    assert table.problem == "one number in each row: its column is not given"


def test_sentences_are_no_tables() -> None:
    text = (
        "第二十条第一款规定的信息均已公开。全年新收政府信息公开申请5件，上年结转0件，予以公开3件，部分公开2件，结转下年度0件。"
        "规章2件、规范性文件14件。行政许可6.9万条，行政处罚1.5万条，行政强制3件。行政复议2件，维持1件，尚未审结1件。"
    )
    assert read(text) == []


def test_other_scripts_and_characters_that_only_look_right_are_read() -> None:
    rows = "一、本年新收政府信息公開申請數量 3 0 0 0 0 0 3\n二、上年結轉政府信息公開申請數量 0 0 0 0 0 0 0\n"
    [table] = read(
        "⾃然⼈ 商業企業 科研機構 社會公益組織 法律服務機構 其他 總計\n" + rows + "（⼀）予以公開 3 0 0 0 0 0 3"
    )
    assert rows_of(table)["new"] == rows_of(table)["granted"] == ["3", "0", "0", "0", "0", "0", "3"]


def test_two_reports_in_one_text_are_two_tables_each() -> None:
    rows = "一、本年新收 {0} 0 0 0 0 0 {0}\n二、上年结转 0 0 0 0 0 0 0\n（七）总计 {0} 0 0 0 0 0 {0}\n"
    first, second = read(APPLICANTS + rows.format(3) + APPLICANTS + rows.format(8))
    assert (rows_of(first)["new"][0], rows_of(second)["new"][0]) == ("3", "8")


def test_groups_with_cells_of_their_own_are_of_the_edition_of_the_text() -> None:
    rows = "（三）不予公开 1 0 0 0 0 0 1\n（六）其他处理 1 0 0 0 0 0 1\n（七）总计 2 0 0 0 0 0 2"
    head = APPLICANTS + "本年新收 2 0 0 0 0 0 2\n"
    assert read(head + rows)[-1].edition == "2021"
    assert read(head + rows.replace("（三）不予公开", "（二）部分公开"))[-1].edition == "2019"
    assert read("本年新制作数量 本年新公开数量 对外公开总数量\n" + head + rows)[-1].edition == "2019"


def test_editions_are_told_apart() -> None:
    [old] = read(
        "本年新制作数量 本年新公开数量 对外公开总数量 规章 0 0 0 规范性文件 2 2 9 上一年项目数量 行政许可 3 0 5"
    )
    [new] = read("本年制发件数 本年废止件数 现行有效件数 规章 0 0 0 行政规范性文件 2 2 9 本年处理决定数量 行政许可 5")
    assert (old.edition, new.edition) == ("2019", "2021")
    assert rows_of(old)["licences"] == ["3", "0", "5"]
    assert rows_of(new)["licences"] == ["5"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=80).map("".join))
@example("本年新收政府信息公开申请数量行政规范性文件||行政许可- 3 -000|")
def test_any_text_can_be_read(text: str) -> None:
    for table in read(text):
        check_identities(table)
        places = [(cell.row, cell.column) for cell in table.cells]
        rows = TEMPLATES[table.kind, table.edition].rows
        assert places in ([], [(row.id, column.id) for row in rows for column in row.columns])
        for part in [table.evidence, *(cell.evidence for cell in table.cells if cell.evidence)]:
            assert text[part.start : part.end] == part.text


def test_repetition_does_not_take_long() -> None:
    row = "一、本年新收 1 0 0 0 0 0 1\n"
    for unit in (row, "0 ", "1", "123 ", "(", "| 0 ", "总计 1 0 0 0 0 0 1\n", "---|", "规章 1 2\n"):
        text = APPLICANTS + "二、上年结转政府信息 " + unit * (5_000 // len(unit))
        start = time.process_time()
        read(text)
        assert time.process_time() - start < 5, unit
