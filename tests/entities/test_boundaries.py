"""Mentions whose marks do not pair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from govner.entities.boundaries import complete_address, pair_marks
from govner.tokens.tokenizer import CharacterTokenizer


def mended(text: str, mention: str, after: int = 0, before: int | None = None) -> str:
    start = text.index(mention)
    end = start + len(mention)
    start, end = pair_marks(list(text), start, end, after, len(text) if before is None else before)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("设“信息公告”栏", "“信息公告", "信息公告"),
        ("设“信息公告”栏", "信息公告”", "信息公告"),
        ("用微信公众号“沅陂发布”公开", "微信公众号“沅陂发布", "微信公众号“沅陂发布”"),
        ("在“中国·沅陂”门户网站", "中国·沅陂”门户网站", "“中国·沅陂”门户网站"),
        ("到信用中国（沅陂）查", "信用中国（沅陂", "信用中国（沅陂）"),
        ("用微信公众号“沅陂发布”公开", "微信公众号“沅陂发布”", "微信公众号“沅陂发布”"),
        ("沅政办（2018〕43号文", "沅政办（2018〕43号", "沅政办（2018〕43号"),
        ("《新〈条例〉问答》", "《新〈条例〉问答》", "《新〈条例〉问答》"),
        ("“甲”“乙", "甲”“乙", "甲”“乙"),
        ("栏“", "“", ""),
    ],
)
def test_one_mark_without_its_partner_moves_a_border(text: str, mention: str, expected: str) -> None:
    assert mended(text, mention) == expected


def test_borders_do_not_move_into_other_mentions() -> None:
    text = "在“中国·沅陂”门户网站"
    assert mended(text, "中国·沅陂”门户网站", after=2) == "中国·沅陂”门户网站"
    assert mended("公众号“沅陂”", "公众号“沅陂", before=6) == "公众号“沅陂"


@given(st.text(alphabet="甲“”（)《》", min_size=1, max_size=12), st.data())
def test_borders_move_by_one_token_at_most_and_pairing_holds(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    new = pair_marks(list(text), start, end, 0, len(text))
    assert abs(new[0] - start) + abs(new[1] - end) <= 1
    assert new[0] <= new[1]


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("见http://10.0.0.1:80/a?b=c。", "http://10.0", "http://10.0.0.1:80/a?b=c"),
        ("www.gov.cn,电话", "www", "www.gov.cn"),
        ("网址http://a.cn/x/中", "http://a.cn", "http://a.cn/x/"),
        ("www.gov.cn 电话", "www.gov", "www.gov.cn"),
        ("gov.cn/x", "gov", "gov"),
    ],
)
def test_address_is_completed_up_to_what_ends_it(text: str, mention: str, expected: str) -> None:
    doc = CharacterTokenizer(Vocab())(text)
    tokens, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    span = doc.char_span(text.index(mention), text.index(mention) + len(mention))
    assert span is not None
    end = complete_address(tokens, spaces, span.start, span.end, len(doc))
    assert doc[span.start : end].text == expected


def test_completed_address_does_not_reach_into_the_next_mention() -> None:
    tokens = ["http", ":", "/", "/", "a", ".", "cn"]
    assert complete_address(tokens, [False] * 7, 0, 1, 5) == 5
