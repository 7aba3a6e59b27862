"""What pages call the labels: Chinese names, and signs of one character that stand behind a mention."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from govner.own_labels import shown_labels
from govner.scheme import SCHEME

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
_NAME: Final = re.compile("[A-Z][A-Z0-9_]*")
_COLOR: Final = re.compile("#[0-9a-f]{6}")
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


def entity_words() -> dict[str, PageLabel]:
    """Labels of mentions by name; those of one's own are called by their names."""
    return {
        label.name: PageLabel(label.name, *_ENTITIES.get(label.name, (label.name, label.name[0])), *label[1:])
        for label in shown_labels().entities
    }


def section_words() -> dict[str, PageLabel]:
    """Labels of sections by name; those of one's own are called by their names."""
    return {
        label.name: PageLabel(label.name, _SECTIONS.get(label.name, label.name), "", *label[1:])
        for label in shown_labels().sections
    }


def own_style() -> str:
    """Style of the mentions of one's own labels: dark letters on their colour in both themes, and the sign."""
    rules = []
    for label in (shown_labels() - SCHEME).entities:
        # What stands in a model's metadata is not checked elsewhere, and goes into a style sheet.
        if _NAME.fullmatch(label.name) and _COLOR.fullmatch(label.color):
            rules.append(
                f"mark.{label.name} {{ --back: {label.color}; --rule: #444; color: #1c2024; }}\n"
                f'main mark.{label.name}::after {{ content: "\\2060{label.name[0]}"; }}\n'
                f'main mark.{label.name}[data-low]::after {{ content: "\\2060{label.name[0]}?"; }}\n'
                f".hide-{label.name} main mark.{label.name} {{ background: none; color: inherit; border: 0; }}\n"
                f".hide-{label.name} main mark.{label.name}::after {{ content: none; }}\n"
            )
    return "".join(rules)
