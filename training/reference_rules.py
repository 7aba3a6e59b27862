"""A reference: jieba's words with their parts of speech, and regular expressions; nothing is learnt.

Usage: python training/reference_rules.py CORPUS OUTPUT.json [--gold NAME=FILE,FILE ...]; needs jieba.
The rules are those one writes for this genre in a day: persons and places are jieba's, bodies and channels are found by
their endings, documents and counts by their form. Scores are on dev, test and what --gold names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import jieba.posseg
from reference_scores import main
from spacy.tokens import Doc, Span

_NUMERAL = r"(?:[0-9][0-9,.]*|[一二两三四五六七八九十百千万亿零〇]+)"
_MEASURE = (
    "人次|件次|条次|期次|万元|亿元|大类|部分|方面|条|件|篇|份|个|项|名|人|次|场|期|家|部|批|例|宗|起|元|类|种|处|块|"
    "台|封|户|册|页|幅|则|张|本|字|[%％]"
)
_BODY = (
    "人民政府办公厅|人民政府办公室|人民政府|政府办公厅|政府办公室|政府办|委员会|领导小组办公室|领导小组|办公厅|办公室|"
    "管委会|法制办|编办|[市县省区州]委|[市县省区州]政府|[市县省区州]人大|[市县省区州]政协|局|厅|科|处|股|中心|法院|检察院|档案馆"
)
_CHANNEL = (
    "门户网站|政府网站|官方网站|网站|政务网|信息网|公开网|公众号|政务微博|微博|微信|公开栏|公示栏|宣传栏|公开专栏|"
    "电子显示屏|显示屏|触摸屏|新闻发布会|在线访谈|听证会|座谈会|热线|信箱|日报|晚报|公报|电视台|广播|电视|报刊|短信|"
    "政务服务中心|服务大厅|图书馆|查阅点|查阅场所|传真|电子邮件|信函"
)
# In order: what is found first keeps its characters.
_RULES = (
    ("CHANNEL", re.compile(r"https?://[\w./?=&-]+|www\.[\w./-]+|[\w.-]+@[\w.-]+|0\d{2,3}-?\d{7,8}")),
    ("CHANNEL", re.compile(r"《[^》\n]{1,12}(?:日报|晚报|公报|时报|周刊|热线|简报)》")),
    ("DOCUMENT", re.compile(r"《[^》\n]+》")),
    (
        "DOCUMENT",
        re.compile(
            r"[一-鿿]{1,10}?[〔\[［（(【]?[0-9]{4}[〕\]］）)】]\s*第?\s*[0-9]+\s*号|[一-鿿]{1,8}令第?\s*[0-9]+\s*号"
        ),
    ),
    ("COUNT", re.compile(rf"(?:约|近|超|逾)?{_NUMERAL}\s*(?:余|多|几)?(?:万|亿)?\s*(?:{_MEASURE})(?!工作日|年|月)")),
    ("CHANNEL", re.compile(rf"(?:[一-鿿]{{0,6}}?[市县区省局])?(?:政府|政务|信息公开|新浪|官方)?(?:{_CHANNEL})")),
    ("AGENCY", re.compile(rf"(?:[一-鿿]{{2,4}}?[省市县区])?[一-鿿]{{0,8}}?(?:{_BODY})")),
)
_OWN = ("我", "本", "你", "各")


def tag(doc: Doc) -> None:
    """Set the entities of a document."""
    text = doc.text
    taken = [False] * len(text)
    found: list[tuple[int, int, str]] = []

    def take(start: int, end: int, label: str) -> None:
        if start < end and not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            found.append((start, end, label))

    for start, end in _persons(text):
        take(start, end, "OFFICIAL")
    for label, rule in _RULES:
        for match in rule.finditer(text):
            start = match.start()
            while doc.text[start : start + 1] and doc.text[start] in "的由向在经与和及对为是将被从至到按据" + "".join(
                _OWN
            ):
                start += 1
            take(start, match.end(), label)
    spans = [doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in sorted(found)]
    doc.ents = _without_overlap(span for span in spans if span is not None)


def _persons(text: str) -> Iterator[tuple[int, int]]:
    offset = 0
    for word, kind in jieba.posseg.cut(text, HMM=True):
        if kind == "nr" and 2 <= len(word) <= 4:
            yield offset, offset + len(word)
        offset += len(word)


def _without_overlap(spans: Iterator[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


if __name__ == "__main__":
    main("jieba and regular expressions", (__doc__ or "").split("\n")[0], lambda corpus, model: tag)
