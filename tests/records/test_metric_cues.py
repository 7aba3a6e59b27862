"""Cue words are found at their places in a text without blanks, with numbers alike."""

from hypothesis import given
from hypothesis import strategies as st

from govner.records.facts.metrics.cues import CueText, cues_of

TEXTS = st.lists(
    st.sampled_from(["网站", "主动公开", "12.5", " ", "\u3000", "、", "\n", "条", "公", "开"]), max_size=30
).map("".join)


@given(TEXTS)
def test_every_character_that_is_kept_is_found_at_its_place(text: str) -> None:
    plain = CueText(text)
    for offset, letter in enumerate(text):
        if letter not in "0123456789. \u3000":
            assert plain.plain[plain.place(offset)] == letter
    assert plain.place(len(text)) == len(plain.plain)


@given(TEXTS, st.data())
def test_cues_lie_within_the_places_asked_for(text: str, data: st.DataObject) -> None:
    plain = CueText(text)
    start = data.draw(st.integers(0, len(plain.plain)))
    end = data.draw(st.integers(start, len(plain.plain)))
    everywhere = plain.cues(0, len(plain.plain))
    assert len(plain.cues(start, end)) <= len(everywhere)
    assert plain.cues(start, start) == ()
    assert plain.mark_before(start) <= start <= plain.mark_after(start)


def test_longest_word_counts_and_blanks_do_not_part_it() -> None:
    assert cues_of("规范性文件") == ("normative",)
    assert cues_of("网 站") == cues_of("网站") == ("website",)
