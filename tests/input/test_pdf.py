"""PDFs to text: invented reports printed on A4 and read again."""

import io
import random
import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from govner.errors import InputError
from govner.input.pdf.reader import read_pdf

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK")
FLUSH = ParagraphStyle("flush", BODY, firstLineIndent=0)
TITLE = ParagraphStyle("title", BODY, fontSize=22, leading=34, alignment=1, firstLineIndent=0)
RIGHT = ParagraphStyle("right", BODY, alignment=2, firstLineIndent=0, rightIndent=32)
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=10, wordWrap="CJK")
CLAUSES = (
    "全年通过门户网站主动公开各类政府信息{}条",
    "收到公民依申请公开{}件，均在法定期限内办结",
    "组织业务培训{}次，参训人员{}人次",
    "对现行有效的规范性文件开展清理",
    "水利工程建设、农村供水保障等重点领域信息做到应公开尽公开",
    "修订了信息发布审核制度，落实“三审三校”要求",
    "投入经费{}.5万元，同比增长{}%",
    "存在公开内容不够全面、解读形式单一的问题",
)
Painter = Callable[[Canvas, SimpleDocTemplate], None]


def number_only(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 12)
    canvas.drawCentredString(A4[0] / 2, 40, f"— {document.page} —")


def head_and_number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawString(72, A4[1] - 40, "青禾市水务局政府信息公开工作年度报告")
    canvas.drawRightString(A4[0] - 72, 40, f"第{document.page}页 共9页")


def bare_number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(A4[0] / 2, 40, str(document.page))


def make_pdf(story: Sequence[Flowable], paint: Painter | None = None, **options: object) -> bytes:
    file = io.BytesIO()
    paint = paint or (lambda canvas, document: None)
    SimpleDocTemplate(file, pagesize=A4, **options).build(list(story), onFirstPage=paint, onLaterPages=paint)
    return file.getvalue()


def make_table(rows: list[list[str]], width: float, repeat: int = 0, **options: object) -> Table:
    cells = [[Paragraph(cell, CELL) for cell in row] for row in rows]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    return Table(cells, colWidths=[width] * len(rows[0]), style=grid, repeatRows=repeat, **options)


def make_sentence(rng: random.Random) -> str:
    clause = rng.choice(CLAUSES)
    return clause.format(*(rng.randrange(1, 3000) for _ in range(clause.count("{}"))))


def make_report(rng: random.Random) -> tuple[list[Flowable], list[str]]:
    """A report as flowables and the lines that should come back."""
    title = "临川县水务局2023年公开工作年度报告"
    story: list[Flowable] = [Paragraph(title, TITLE)]
    lines = [title]
    for number, name in enumerate("一二三四五六"):
        heading = f"{name}、{rng.choice(['总体情况', '主动公开政府信息情况', '存在的主要问题及改进情况'])}"
        story.append(Paragraph(heading, BODY))
        lines.append(heading)
        for part in range(5):
            start = rng.choice(["", f"（{'一二三四五'[part]}）", f"{part + 1}.", "一是"])
            text = start + "；".join(make_sentence(rng) for _ in range(rng.randrange(1, 7))) + "。"
            story.append(Paragraph(text, BODY))
            lines.append(text)
        if number % 2:
            columns = rng.randrange(2, 7)
            rows = [
                [rng.choice(["", "0", "12", "行政许可", "其他对外管理服务事项"]) for _ in range(columns)]
                for _ in range(rng.randrange(2, 14))
            ]
            story += [Spacer(1, 10), make_table(rows, 450 / columns), Spacer(1, 10)]
            lines += ["\t".join(row) for row in rows]
    for text in ("临川县水务局", "2024年1月22日"):
        story.append(Paragraph(text, RIGHT))
        lines.append(text)
    return story, lines


@pytest.mark.parametrize("paint", [number_only, head_and_number, bare_number])
@pytest.mark.parametrize("seed", range(4))
def test_a_printed_report_comes_back(seed: int, paint: Painter) -> None:
    story, lines = make_report(random.Random(seed))
    read = read_pdf(make_pdf(story, paint), "a.pdf")
    assert read.text.split("\n") == lines
    assert not read.notes
    assert len(read.pages) > 3
    assert list(read.pages) == sorted(set(read.pages))


def test_pages_are_where_they_begin() -> None:
    story, _ = make_report(random.Random(7))
    data = make_pdf(story, head_and_number)
    read, first = read_pdf(data, "a.pdf"), read_pdf(data, "a.pdf", most_pages=2)
    assert read.text.startswith(first.text[:-40])
    assert first.pages == read.pages[:2]
    assert first.notes == (f"only the first 2 of {len(read.pages)} pages were read",)


def test_paragraphs_without_indents_end_where_there_was_room() -> None:
    lines = ["全年主动公开政府信息" * number + "，并按要求报送材料。" for number in (2, 5, 9, 4)]
    read = read_pdf(make_pdf([Paragraph(line, FLUSH) for line in lines]), "a.pdf")
    assert read.text.split("\n") == lines


def test_paragraphs_that_are_set_apart_go_on_behind_a_sentence() -> None:
    style = ParagraphStyle("apart", FLUSH, spaceAfter=14)
    lines = ["全年主动公开政府信息" * 2 + "，材料已经报送。" + "有关情况良好。" * number for number in (1, 9, 3, 8)]
    read = read_pdf(make_pdf([Paragraph(line, style) for line in lines]), "a.pdf")
    assert read.text.split("\n") == lines


def test_lines_that_hang_below_a_number_are_of_its_paragraph() -> None:
    style = ParagraphStyle("hanging", FLUSH, leftIndent=32, firstLineIndent=-32)
    lines = [f"{number}." + "推进重点领域信息公开工作，" * 7 + "取得成效。" for number in range(1, 6)]
    read = read_pdf(make_pdf([Paragraph(line, style) for line in lines]), "a.pdf")
    assert read.text.split("\n") == lines


def test_points_stay_in_their_paragraph_and_apart_where_they_have_their_own() -> None:
    together = "一是" + "健全工作机制，明确责任分工，" * 3 + "二是" + "加强业务培训，提升能力水平，" * 3 + "完成任务。"
    apart = [
        "一是健全公开制度。",
        "二是加强培训指导。",
        "（一）" + "拓展公开渠道，" * 12 + "见到成效。",
        "第三条 附则。",
    ]
    read = read_pdf(make_pdf([Paragraph(line, BODY) for line in [together, *apart]]), "a.pdf")
    assert read.text.split("\n") == [together, *apart]


def test_cells_keep_their_places() -> None:
    rows = [["指标", "本年新收政府信息公开申请数量", ""], ["", "3", ""], ["合计", "", ""]]
    table = make_table(rows, 80)
    merged = make_table([["项目", "数量", "说明"], ["", "1", "2"], ["甲", "3", "4"]], 80)
    merged.setStyle([("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0))])
    read = read_pdf(make_pdf([table, Spacer(1, 20), Paragraph("表后正文。", BODY), merged]), "a.pdf")
    assert read.text.split("\n") == [
        *("\t".join(row) for row in rows),
        "表后正文。",
        *("项目\t数量", "\t1\t2", "甲\t3\t4"),
    ]


def test_tables_without_rules_at_their_sides_keep_all_cells() -> None:
    rows = [["项目", "甲", "乙"], ["数量", "", "2"], ["金额", "7", ""]]
    table = make_table(rows, 80)
    plain = Table(table._cellvalues, colWidths=[80] * 3)
    plain.setStyle([("LINEABOVE", (0, 0), (-1, -1), 0.5, "black"), ("LINEBELOW", (0, 2), (-1, 2), 0.5, "black")])
    plain.setStyle([("LINEAFTER", (0, 0), (1, -1), 0.5, "black")])
    assert read_pdf(make_pdf([plain]), "a.pdf").text.split("\n") == ["\t".join(row) for row in rows]


def test_a_table_goes_on_over_pages() -> None:
    head = ["序号", "事项名称", "数量"]
    rows = [[str(number), "行政许可", str(number * 3)] for number in range(1, 120)]
    story = [Paragraph("附表", BODY), make_table([head, *rows], 120, repeat=1), Paragraph("以上。", BODY)]
    read = read_pdf(make_pdf(story, head_and_number), "a.pdf")
    assert read.text.split("\n") == ["附表", *("\t".join(row) for row in [head, *rows]), "以上。"]
    assert len(read.pages) > 2


def test_a_frame_around_text_is_no_table() -> None:
    frame = Table([[[Paragraph("框内第一段，" * 12 + "完。", BODY), Paragraph("框内第二段。", BODY)]]])
    frame.setStyle([("BOX", (0, 0), (-1, -1), 0.5, "black")])
    read = read_pdf(make_pdf([frame]), "a.pdf")
    assert read.text.split("\n") == ["框内第一段，" * 12 + "完。", "框内第二段。"]


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, **options)
    canvas.setFont(FONT, 16)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("is_page", [True, False])
def test_pages_on_their_side_are_turned(turns: int, is_page: bool) -> None:
    def draw(canvas: Canvas) -> None:
        if is_page:
            canvas.setPageRotation(90 * turns)
        canvas.translate(300, 400)
        canvas.rotate(90 * turns)
        canvas.drawString(-200, 100, "主动公开情况")
        canvas.drawString(-200, 60, "依申请公开情况")
        canvas.grid([-200, -100, 0], [20, 0, -20])
        canvas.drawString(-190, 2, "申请")
        canvas.drawString(-90, -18, "12")

    assert read_pdf(drawn(draw), "a.pdf").text.split("\n") == ["主动公开情况", "依申请公开情况", "申请\t", "\t12"]


def test_what_is_in_forms_and_upside_down_twice_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.setFont(FONT, 10)
        canvas.grid([0, 100, 200], [0, 20, 40])
        canvas.drawString(5, 25, "申请")
        canvas.drawString(105, 5, "12")
        canvas.endForm()
        canvas.translate(100, 300)
        canvas.doForm("inner")
        canvas.scale(-1, -1)
        canvas.setFont(FONT, -16)
        canvas.drawString(0, -200, "总体")
        canvas.drawString(-32, -200, "情况")

    assert read_pdf(drawn(draw), "a.pdf").text.split("\n") == ["总体情况", "申请\t", "\t12"]


def test_marks_across_the_page_and_copies_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.4, 0.8):
            canvas.drawString(100 + shift, 700, "总体情况")
        for place, char in enumerate("通告"):
            canvas.drawString(100 + 40 * place, 600, char)
            canvas.drawString(100.3 + 40 * place, 600, char)
        canvas.drawString(100, 500, "网址 www.example.cn 和 Word 版")
        canvas.rotate(40)
        canvas.drawString(400, 100, "内部资料")

    assert read_pdf(drawn(draw), "a.pdf").text.split("\n") == ["总体情况", "通 告", "网址 www.example.cn 和 Word 版"]


def test_pages_without_text_are_noted() -> None:
    story = [Paragraph("总体情况。", BODY), PageBreak(), Spacer(1, 1), PageBreak(), Paragraph("附件。", BODY)]
    read = read_pdf(make_pdf(story), "a.pdf")
    assert read.text == "总体情况。\n附件。"
    assert read.pages == (0, 6, 6)
    assert read.notes == ("no text on page 2",)


def test_ten_pages_take_no_longer_than_two_seconds() -> None:
    data = make_pdf([Paragraph(make_sentence(random.Random(1)) * 9 + "。", BODY) for _ in range(45)], number_only)
    start = time.process_time()
    assert len(read_pdf(data, "a.pdf").pages) > 10
    assert time.process_time() - start < 2


def encrypted(user: str) -> bytes:
    file = io.BytesIO()
    security = StandardEncryption(user, ownerPassword="owner", strength=128)
    SimpleDocTemplate(file, encrypt=security).build([Paragraph("总体情况。", BODY)])
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (encrypted("secret"), "is encrypted; save it without a password"),
        (drawn(lambda canvas: canvas.rect(10, 10, 50, 50)), r"holds no text \(a scan\?\); run OCR on it first"),
        ("年度报告".encode(), "is not a PDF that can be read"),
        (b"%PDF-1.4", "is not a PDF that can be read"),
        (b"", "is not a PDF that can be read"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_pdf(data, "report.pdf")
    assert str(caught.value).startswith("report.pdf: ")


def test_a_pdf_that_may_be_read_but_not_changed_is_read() -> None:
    assert read_pdf(encrypted(""), "a.pdf").text == "总体情况。"


SAMPLES = [
    make_pdf(
        [Paragraph("总体情况。", BODY), make_table([["甲", "1"], ["乙", ""]], 60)], number_only, pageCompression=0
    ),
    make_pdf(make_report(random.Random(3))[0], number_only),
]


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(SAMPLES))
    damaged = bytearray(sample)
    places = st.tuples(st.floats(0, 1), st.one_of(st.integers(0, 255), st.sampled_from(b"0189<>[]/() ")))
    for place, byte in data.draw(st.lists(places, max_size=40)):
        damaged[int(place * (len(damaged) - 1))] = byte
    end = data.draw(st.one_of(st.none(), st.floats(0, 1)))
    try:
        read = read_pdf(bytes(damaged[: None if end is None else int(end * len(damaged))]), "a.pdf")
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert read.text.strip()
        assert list(read.pages) == sorted(read.pages)
