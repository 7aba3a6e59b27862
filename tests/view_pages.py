"""What the tests of pages share: annotated reports, tagged as a pipeline would, without one; pages taken apart."""

import re
from html.parser import HTMLParser
from pathlib import Path

from spacy.tokens import SpanGroup
from spacy.vocab import Vocab

from govner.cleaning.view import View
from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.input.text import InputText
from govner.records.source import read_source
from govner.scheme import MENTIONS_KEY, SCHEME, SECTIONS_KEY, Scheme
from govner.tagging import Tagged
from govner.view.labels import UNCERTAIN

# Two findings: a total that is not the sum of its parts, and a day there is not.
REPORT = "\n".join(
    (
        "META\t{{AGENCY:青禾市水务局}}{year}年政府信息公开工作年度报告",
        "PREAMBLE\t根据{{DOCUMENT:《中华人民共和国政府信息公开条例》}}（{{DOCUMENT:国务院令第492号}}）编制本报告。"
        "统计期限为{year}年1月1日至12月31日。",
        "OVERVIEW\t一、概述",
        "ORGANIZATION\t（一）组织领导。局长{{OFFICIAL:骆庭舟}}任组长。{year}年2月30日，{{AGENCY:局办公室}}组织培训"
        "{{COUNT:2期}}，参训{{COUNT:130人次}}。",
        "PROACTIVE\t二、主动公开政府信息情况",
        "PROACTIVE\t{year}年，全局主动公开政府信息{{COUNT:{total}条}}，其中{{CHANNEL:局网站}}{{COUNT:742条}}，"
        "{{CHANNEL:“青禾水务”微信公众号}}{{COUNT:365条}}。",
        "PROACTIVE\t制定行政规范性文件{{COUNT:13件}}（含新制定{{COUNT:5件}}、修改{{COUNT:4件}}、废止{{COUNT:3件}}）。",
        "REQUESTS\t三、依申请公开政府信息办理情况",
        "REQUESTS\t全年收到政府信息公开申请{{COUNT:23件}}，答复{{COUNT:23件}}。"
        "𠮷祥村村民申请{{COUNT:6件}}，通过{{CHANNEL:网络}}提出。",
        "PROBLEMS\t四、存在问题",
        "PROBLEMS\t部分栏目更新不及时。",
        "META\t{{AGENCY:青禾市水务局}}",
        "META\t{next}年1月25日",
    )
)
FILLER = (
    "REQUESTS\t（{number}）其他情况。全年通过{{CHANNEL:县政府网站}}答复{{COUNT:{number}件}}，由{{AGENCY:县司法局}}审查，"
    "依据{{DOCUMENT:《条例》}}办理，未发生行政复议。各单位按照职责分工认真办理，做到件件有答复、事事有回音。"
)


def report_source(year: int = 2018, total: int = 1286) -> str:
    """An invented report in the inline format."""
    return REPORT.format(year=year, total=total, next=year + 1)


def long_source(characters: int) -> str:
    """An invented report of at least so many characters."""
    head, tail = report_source().split("\nPROBLEMS\t四")
    length = len(parse_report(FILLER.format(number=1000)).text) + 1
    filler = "\n".join(FILLER.format(number=number) for number in range(characters // length + 1))
    return f"{head}\n{filler}\nPROBLEMS\t四{tail}"


def tag(source: str, path: str = "qinghe-2018.txt", uncertain: tuple[int, ...] = (), scheme: Scheme = SCHEME) -> Tagged:
    """A report in the inline format as if a pipeline had tagged it; mentions of some places as uncertain."""
    report = parse_report(source, scheme=scheme)
    doc = report_to_doc(report, Vocab())
    paragraphs = read_source(doc).paragraphs
    group = doc.spans[SECTIONS_KEY]
    group.attrs.update(
        probability=[0.99] * len(paragraphs),
        level=[paragraph.level for paragraph in paragraphs],
        heading=[paragraph.heading for paragraph in paragraphs],
        heading_path=[list(paragraph.heading_path) for paragraph in paragraphs],
    )
    doc.spans[MENTIONS_KEY] = SpanGroup(
        doc,
        name=MENTIONS_KEY,
        spans=list(doc.ents),
        attrs={"probability": [UNCERTAIN / 2 if place in uncertain else 0.98 for place in range(len(doc.ents))]},
    )
    return Tagged(InputText(Path(path).stem, path, report.text), View(report.text, report.text), doc)


class Page(HTMLParser):
    """A page taken apart: addresses, number of scripts, text and marks of its main part."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.scripts = 0
        self.marks: list[tuple[str, str]] = []
        self.text = ""
        self.paragraphs: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.attributes += found.items()
        self.links += [found[key] for key in ("src", "href", "action", "data") if key in found]
        self.scripts += tag == "script"
        if tag not in ("meta", "input", "br", "link"):
            self._open.append(tag)
        if "main" in self._open:
            if tag == "mark":
                self.marks.append((found["class"], ""))
            if tag == "p":
                self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "main" not in self._open:
            return
        self.text += data
        if "mark" in self._open:
            label, text = self.marks[-1]
            self.marks[-1] = (label, text + data)
        if "p" in self._open:
            self.paragraphs[-1] += data


def take_apart(source: str) -> Page:
    """A page, which must not name anything outside itself."""
    assert not re.search(r"https?:|//[a-z]|@import|url\(", source, re.IGNORECASE)
    return Page(source)
