"""What pages call the labels: Chinese names, and signs of one character that stand behind a mention."""

from __future__ import annotations

from typing import Final, NamedTuple

from govner.scheme import ENTITIES, SECTIONS

# A mention with a lower probability is marked as uncertain.
UNCERTAIN: Final = 0.7

_ENTITIES: Final = {
    "AGENCY": ("机构", "机"),
    "OFFICIAL": ("人员", "人"),
    "DOCUMENT": ("文件", "文"),
    "COUNT": ("数量", "数"),
    "CHANNEL": ("渠道", "渠"),
}
_SECTIONS: Final = {
    "META": "标题与落款",
    "NOISE": "页面杂项",
    "PREAMBLE": "引言",
    "OVERVIEW": "概述",
    "ORGANIZATION": "组织与制度",
    "PROACTIVE": "主动公开",
    "REQUESTS": "依申请公开",
    "LITIGATION": "复议与诉讼",
    "FEES": "收费与减免",
    "PLATFORM": "公开平台",
    "RESPONSE": "回应与互动",
    "SUPERVISION": "监督与考核",
    "PROBLEMS": "存在问题",
    "PLANS": "改进与计划",
    "OTHER": "其他事项",
}
LEVELS: Final = {"central": "中央", "province": "省级", "city": "市级", "county": "县级", "township": "乡级"}


class PageLabel(NamedTuple):
    """A label as pages show it.

    name (str): As in `govner.scheme`.
    words (str): In Chinese.
    sign (str): One character behind a mention; "" of a section.
    meaning (str): What it marks.
    color (str): Of a section's line, as #rrggbb.
    """

    name: str
    words: str
    sign: str
    meaning: str
    color: str


ENTITY_WORDS: Final = {
    label.name: PageLabel(label.name, *_ENTITIES[label.name], label.meaning, label.color) for label in ENTITIES
}
SECTION_WORDS: Final = {
    label.name: PageLabel(label.name, _SECTIONS[label.name], "", label.meaning, label.color) for label in SECTIONS
}
