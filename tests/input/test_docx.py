"""Word documents to text: invented reports made with python-docx and read again."""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from govner.errors import InputError
from govner.input.docx.numerals import write_number
from govner.input.docx.reader import read_docx

WORD = nsdecls("w")
OUTSIDE_WORD = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def read(document: Any) -> list[str]:
    return read_docx(saved(document), "a.docx").text.split("\n")


def with_part(data: bytes, name: str, content: bytes, packing: int = zipfile.ZIP_STORED) -> bytes:
    """A document with one of its parts replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", packing) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return file.getvalue()


def add(document: Any, xml: str) -> None:
    """Add blocks, given without namespaces, at the end."""
    wrapped = parse_xml(f"<w:body {WORD} {OUTSIDE_WORD}>{xml}</w:body>")
    for block in list(wrapped):
        document.element.body.insert(len(document.element.body) - 1, block)


def add_list(document: Any, number: int, levels: list[tuple[str, str]], extra: str = "", more: str = "") -> None:
    """Add a form of a list and a list of the same number; a level is a format and a pattern."""
    xml = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{extra if place else ""}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for place, (format, pattern) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    form = parse_xml(f'<w:abstractNum {WORD} w:abstractNumId="{number}">{xml}</w:abstractNum>')
    numbering.insert(0, form)
    numbering.append(parse_xml(f'<w:num {WORD} w:numId="{number}"><w:abstractNumId w:val="{number}"/>{more}</w:num>'))


def item(text: str, number: int, level: int = 0) -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbers}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_paragraphs_and_tables_come_back_in_order() -> None:
    rng = random.Random(1)
    document, lines = Document(), []
    for number in range(30):
        text = f"全年主动公开政府信息{rng.randrange(3000)}条，其中规范性文件{number}件。"
        document.add_paragraph(text)
        lines.append(text)
        if number % 10 == 0:
            rows = [[rng.choice(["", "0", "行政许可"]) for _ in range(4)] for _ in range(5)]
            table = document.add_table(5, 4)
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, texts, strict=True):
                    cell.text = words
            lines += ["\t".join(row) for row in rows]
    document.sections[0].header.paragraphs[0].text = "青禾市水务局文件"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    found = read_docx(saved(document), "a.docx")
    assert found.text.split("\n") == lines
    assert found.notes == ()


def test_numbers_are_those_that_word_shows() -> None:
    document = Document()
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "%3.%4")]
    add_list(document, 90, levels)
    shown = [
        (0, "一、总体情况"),
        (1, "（一）主动公开"),
        (2, "1.门户网站"),
        (2, "2.政务新媒体"),
        (3, "2.1 发布"),
        (1, "（二）依申请公开"),
        (2, "1.受理"),
        (0, "二、存在问题"),
        (1, "（一）解读"),
    ]
    names = ["总体情况", "主动公开", "门户网站", "政务新媒体", "发布", "依申请公开", "受理", "存在问题", "解读"]
    add(document, "".join(item(name, 90, level) for (level, _), name in zip(shown, names, strict=True)))
    assert read(document) == [line for _, line in shown]


def test_lists_begin_again_only_where_they_say_so() -> None:
    document = Document()
    add_list(document, 90, [("decimal", "%1、")])
    numbering = document.part.numbering_part.element
    for number, more in (
        (91, ""),
        (92, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
    ):
        numbering.append(parse_xml(f'<w:num {WORD} w:numId="{number}"><w:abstractNumId w:val="90"/>{more}</w:num>'))
    add(document, "".join(item("甲", number) for number in (90, 90, 91, 92, 92)))
    assert read(document) == ["1、甲", "2、甲", "3、甲", "5、甲", "6、甲"]


def test_a_level_may_count_through_and_be_legal() -> None:
    document = Document()
    add_list(document, 90, [("chineseCounting", "第%1章"), ("decimal", "第%2条")], '<w:lvlRestart w:val="0"/>')
    add_list(document, 91, [("chineseCounting", "%1、"), ("chineseCounting", "%1.%2.")], "<w:isLgl/>")
    add(document, "".join(item("总则", 90, level) for level in (0, 1, 1, 0, 1)))
    add(document, "".join(item("概述", 91, level) for level in (0, 1)))
    assert read(document) == [
        *("第一章总则", "第1条总则", "第2条总则", "第二章总则", "第3条总则"),
        *("一、概述", "1.1.概述"),
    ]


def test_numbers_of_styles_are_shown() -> None:
    document = Document()
    add_list(document, 90, [("chineseCounting", "%1、"), ("decimal", "%2.")])
    for level, name in enumerate(("Heading 1", "Heading 2")):
        style = document.styles[name].element
        style.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {WORD}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
        )
        document.add_heading("总体情况", level + 1)
    plain = document.add_heading("附件", 1)
    plain.paragraph_format.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {WORD}><w:numId w:val="0"/></w:numPr>'))
    assert read(document) == ["一、总体情况", "1.总体情况", "附件"]


@pytest.mark.parametrize(
    ("format", "numbers"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五"}),
        ("chineseCountingThousand", {105: "一百零五", 110: "一百一十", 1005: "一千零五"}),
        ("japaneseCounting", {3: "三", 12: "十二"}),
        ("chineseLegalSimplified", {1: "壹", 12: "壹拾贰"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographDigital", {12: "一二"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA"}),
        ("lowerLetter", {2: "b", 28: "bb"}),
        ("upperRoman", {4: "IV", 19: "XIX"}),
        ("decimalEnclosedCircle", {3: "③"}),
        ("decimalZero", {7: "07"}),
        ("of a later version", {7: "7"}),
    ],
)
def test_number_formats(format: str, numbers: dict[int, str]) -> None:
    assert {number: write_number(number, format) for number in numbers} == numbers


def test_tracked_changes_are_accepted_and_hidden_text_is_left_out() -> None:
    document = Document()
    mark = 'w:id="1" w:author="某人"'
    add(
        document,
        f"<w:p><w:r><w:t>公开</w:t></w:r><w:del {mark}><w:r><w:delText>三</w:delText></w:r></w:del>"
        f"<w:ins {mark}><w:r><w:t>四</w:t></w:r></w:ins><w:r><w:t>条</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不显示</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>。</w:t></w:r></w:p>'
        f"<w:p><w:pPr><w:rPr><w:del {mark}/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>后半句。</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del {mark}/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    )
    assert read(document) == ["公开四条。", "前半句，后半句。", "一\t"]


def test_breaks_tabs_fields_and_sounds() -> None:
    document = Document()
    add(
        document,
        "<w:p><w:r><w:t>　　联系人：</w:t><w:tab/><w:t>李某</w:t><w:br/><w:t>电话</w:t><w:noBreakHyphen/></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        "<w:hyperlink><w:r><w:t>12345</w:t></w:r></w:hyperlink></w:p>"
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>gōng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>公</w:t></w:r></w:rubyBase>"
        '</w:ruby></w:r><w:r><w:t>开</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
    )
    found = read_docx(saved(document), "a.docx")
    assert found.text == "联系人：\t李某\n电话-12345\n公开"
    assert found.notes == ("footnotes left out",)


def test_text_boxes_are_read_once() -> None:
    document = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent>"
    add(
        document,
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>",
    )
    assert read(document) == ["正文", "框内文字", "框内文字"]


def test_merged_cells_stand_once() -> None:
    document = Document()
    table = document.add_table(3, 4)
    for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(place)
    table.cell(0, 1).merge(table.cell(0, 3)).text = "申请人\n情况"
    table.cell(0, 0).merge(table.cell(2, 0)).text = "本年新收"
    inner = table.cell(2, 2).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内", "表"
    assert read(document) == ["本年新收\t申请人情况", "\t5\t6\t7", "\t9\t10内 表\t11"]


def test_numbers_stand_in_cells_and_frames_are_no_tables() -> None:
    document = Document()
    add_list(document, 90, [("decimal", "%1")])
    rows = "".join(f"<w:tr><w:tc>{item('', 90)}</w:tc><w:tc>{item('许可', 0)}</w:tc></w:tr>" for _ in range(2))
    add(document, f"<w:tbl>{rows}</w:tbl>")
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "第一段。\n第二段。"
    frame.cell(0, 0).add_paragraph("第三段。")
    assert read(document) == ["1\t许可", "2\t许可", "第一段。", "第二段。", "第三段。"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is an old Word file; save it as .docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        (b"{\\rtf1 text}", "is an RTF file"),
        (b"", "is not a Word document"),
        ("年度报告".encode(), "is not a Word document"),
        (with_part(saved(Document()), "word/document.xml", b"<x/>"), "is not a Word document"),
        (with_part(saved(Document()), "word/document.xml", b"<w:document"), "is not a Word document"),
        (saved(Document()), "holds no text"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_docx(data, "report.docx")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("report.docx: ")


def test_bombs_are_refused_before_they_go_off() -> None:
    plain = saved(Document())
    for content, packing in ((b" " * (3 << 20), zipfile.ZIP_DEFLATED), (b" " * (65 << 20), zipfile.ZIP_STORED)):
        with pytest.raises(InputError, match="unpacks to more"):
            read_docx(with_part(plain, "word/document.xml", content, packing), "a.docx")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "哈"}">' for n in range(12))
    body = "<w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body>"
    bomb = f"<!DOCTYPE d [{entities}]><w:document {WORD}>{body}</w:document>"
    with pytest.raises(InputError, match="is not a Word document"):
        read_docx(with_part(plain, "word/document.xml", bomb.encode()), "a.docx")
    deep = "<w:tbl><w:tr><w:tc>" * 5000
    with pytest.raises(InputError, match="is not a Word document"):
        read_docx(with_part(plain, "word/document.xml", f"<w:document {WORD}><w:body>{deep}".encode()), "a.docx")


@pytest.mark.parametrize("wrapper", ["w:sdt><w:sdtContent", "w:tbl><w:tr><w:tc", "w:p><w:r><w:pict><w:txbxContent"])
def test_deep_nesting_is_read_or_refused(wrapper: str) -> None:
    names = wrapper.split("><")
    depth = 240 // len(names)
    ends = "".join(f"</{name}>" for name in reversed(names))
    body = f"<{wrapper}>" * depth + "<w:p><w:r><w:t>深</w:t></w:r></w:p>" + ends * depth
    xml = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    assert read_docx(with_part(saved(Document()), "word/document.xml", xml.encode()), "a.docx").text == "深"


def _sample() -> bytes:
    document = Document()
    add_list(document, 90, [("chineseCounting", "%1、")])
    add(document, item("总体情况", 90))
    document.add_table(2, 2).cell(0, 0).text = "甲"
    return saved(document)


SAMPLE = _sample()
Damage = Callable[[bytes], bytes]


def flipped(data: bytes, places: list[tuple[float, int]]) -> bytes:
    damaged = bytearray(data)
    for place, byte in places:
        damaged[int(place * (len(damaged) - 1))] = byte
    return bytes(damaged)


damage = st.one_of(
    st.floats(0, 1).map(lambda part: SAMPLE[: int(part * len(SAMPLE))]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=40).map(
        lambda places: flipped(SAMPLE, places)
    ),
)


@settings(max_examples=80, deadline=None)
@given(damage)
def test_damaged_files_are_read_or_refused(data: bytes) -> None:
    try:
        found = read_docx(data, "a.docx")
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert found.text.strip()


XML = zipfile.ZipFile(io.BytesIO(SAMPLE)).read("word/document.xml")
NUMBERING = zipfile.ZipFile(io.BytesIO(SAMPLE)).read("word/numbering.xml")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_parts_are_read_or_refused(data: st.DataObject) -> None:
    name, part = data.draw(
        st.sampled_from([("word/document.xml", XML), ("word/numbering.xml", NUMBERING), ("_rels/.rels", XML)])
    )
    places = st.lists(st.tuples(st.floats(0, 1), st.sampled_from(b'0a-<>"&x ')), min_size=1, max_size=8)
    try:
        read_docx(with_part(SAMPLE, name, flipped(part, data.draw(places))), "a.docx")
    except InputError as error:
        assert "\n" not in str(error)
