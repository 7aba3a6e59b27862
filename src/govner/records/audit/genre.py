"""Tell annual reports from the other documents of the family: plans, guides, notices."""

from __future__ import annotations

import re
from typing import Final

from govner.records.audit.memory import remember_last
from govner.records.source import Paragraph, Source

_REPORT: Final = re.compile(
    r"公\s{0,20}[开開].{0,24}(?:[报報]\s{0,20}[告吿]|年\s{0,20}[报報]|小结|总结|情况|答卷)|年\s{0,20}度?\s{0,20}[报報]\s{0,20}[告吿]?\s{0,20}$"
    r"|关于\s?20\d\d\s?年.{2,40}情况的?(?:报告|汇报)\s{0,20}$"
)
_LONGEST_TITLE: Final = 80
# A notice that carries the report: its own title follows.
_WORDS: Final = f".{{0,{_LONGEST_TITLE}}}"
_CARRIER: Final = re.compile(rf"(?:印发|公布|发布|报送|上报|转发){_WORDS}(?:报告|年报){_WORDS}(?:通知|函)")
_OTHER: Final = re.compile(r"方案|要点|指南|办法|规程|意见|细则|分解|通知|规定|制度|须知|清单|说明会|几点")
_ATTACHED: Final = re.compile(r"\s{0,20}[（(]?(?:附|索\s{0,20}引|填报|[：:])")


@remember_last
def title_paragraph(source: Source) -> Paragraph | None:
    """The title line of an annual report; None for any other document."""
    for paragraph in source.paragraphs:
        text = paragraph.text
        if paragraph.label != "META" or len(text) > _LONGEST_TITLE or _ATTACHED.match(text):
            continue
        if _CARRIER.search(text):
            continue
        if _OTHER.search(text):
            return None
        if _REPORT.search(text):
            return paragraph
    return None


def is_annual_report(source: Source) -> bool:
    """Whether a document is a report on a year that is over, to which the rules about years apply."""
    return title_paragraph(source) is not None
