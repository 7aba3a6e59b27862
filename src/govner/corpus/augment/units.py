"""Exchange the names of inner units, and of the accounts and columns that stand in quotation marks.

There are more of them than any corpus has, made of a few hundred words in ever new ways: what makes 法规督查处 a unit
and “网上沅陂” a channel is their build and their place in the sentence.
"""

from __future__ import annotations

import re
from random import Random

from spacy.tokens import Doc

from govner.corpus.augment.edits import Edit
from govner.data import load_list

_KINDS = "科|股|处|室|组|队|司|庭|站|所|中心|支队|大队"
# What a unit deals with: words between the body it belongs to, if that is named, and its kind.
_OWNER = "省市县区镇乡局委厅办院会室处"
_UNIT = re.compile(rf"(?:^|(?<=[{_OWNER}]))(?P<topic>[^\W\d_a-zA-Z{_OWNER}]{{2,6}}?)(?=(?:{_KINDS})$)")
# Words that make another thing of the whole.
_NO_TOPIC = re.compile("公室|领导|人民|政府|工作|监督小")
_QUOTED = re.compile(r"(?<=[“\"])(?P<name>[一-鿿·]{2,9})(?=[”\"])")
_WHOLE = re.compile(r"^[一-鿿·]{2,9}$")
_OPENING, _CLOSING = '“"', '”"'
_COLUMNS = (
    "公告",
    "公示",
    "专栏",
    "解读",
    "信箱",
    "之窗",
    "园地",
    "动态",
    "问答",
    "查询",
    "专题",
    "广场",
    "直播间",
    "论坛",
)
_ACCOUNTS = (
    "发布",
    "在线",
    "之声",
    "直通车",
    "微平台",
    "零距离",
    "快讯",
    "云",
    "通",
    "e家",
    "微政务",
    "资讯",
    "热线",
    "说",
)
_MIXED = 0.3


def exchange_units(doc: Doc, rng: Random) -> list[Edit]:
    """Plan other fields of work for the inner units of a report: 法规科 becomes 档案利用科.

    doc (Doc): A gold document.
    rng (Random): The source of chance.
    RETURNS (list[Edit]): Inside mentions of agencies; a unit's field is exchanged for the same one in all the report.
    """
    new: dict[str, str] = {}
    edits = []
    for span in doc.ents:
        match = _UNIT.search(span.text) if span.label_ == "AGENCY" else None
        if match and not _NO_TOPIC.search(match["topic"]):
            topic = new.setdefault(match["topic"], _make_topic(rng))
            edits.append(Edit(span.start_char + match.start(), span.start_char + match.end(), topic))
    return edits


def exchange_accounts(doc: Doc, rng: Random) -> list[Edit]:
    """Plan other names for the accounts and columns in quotation marks: “沅陂发布” becomes “民政零距离”.

    doc (Doc): A gold document.
    rng (Random): The source of chance.
    RETURNS (list[Edit]): Inside mentions of channels, what is in marks within or around them; each name is exchanged
        for the same one in all the report.
    """
    text = doc.text
    new: dict[str, str] = {}
    edits = []
    for span in doc.ents:
        if span.label_ != "CHANNEL":
            continue
        start, end = span.start_char, span.end_char
        around = text[max(0, start - 1) : start], text[end : end + 1]
        if _WHOLE.match(span.text) and all(around) and around[0] in _OPENING and around[1] in _CLOSING:
            edits.append(Edit(start, end, new.setdefault(span.text, _make_account(rng))))
        else:
            for match in _QUOTED.finditer(span.text):
                name = new.setdefault(match["name"], _make_account(rng))
                edits.append(Edit(start + match.start("name"), start + match.end("name"), name))
    return edits


def _make_topic(rng: Random) -> str:
    topics = load_list("topics")
    return rng.choice(topics) if rng.random() < 0.4 else "".join(rng.sample(topics, 2))


def _make_account(rng: Random) -> str:
    """An account, column or site: of a place, a field of work, or both."""
    place = rng.choice(load_list("places"))[:2]
    topic = rng.choice(load_list("topics"))
    kind = rng.random()
    if kind < 0.2:
        return place + rng.choice(_ACCOUNTS)
    if kind < 0.35:
        return place + topic
    if kind < 0.5:
        return topic + rng.choice(_ACCOUNTS)
    if kind < 0.85:
        return (topic if rng.random() > _MIXED else place) + rng.choice(_COLUMNS)
    return rng.choice(("网上", "阳光", "智慧", "数字", "中国·", "走进", "问政", "掌上", "e", "我爱", "民声")) + place
