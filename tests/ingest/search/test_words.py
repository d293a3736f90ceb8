"""Words of the index and phrases that people ask for: the same characters side by side, nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.search import SearchIndex, search
from ingest.search.words import index_words, name_key, offsets, phrases, search_form
from tests.ingest.search.conftest import IndexOf, texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("科技创新", "科技 技创 创新 新"),
        ("网", "网"),
        ("建成5G基站1.2万个", "建成 成 5g 基站 站 1 . 2 万个 个"),
        ("ＧＢ／Ｔ　９７０４", "gb . t . 9704"),
        ("《办法》", ". 办法 法 ."),
        ("", ""),
    ],
)
def test_words_of_a_text(text: str, words: str) -> None:
    assert index_words(text) == words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("科技创新", [[(0, "科技"), (1, "技创"), (2, "创新")]]),
        ("《科技》", [[(0, "科技")]]),
        ("科技 创新", [[(0, "科技")], [(0, "创新")]]),
        ("科技　创新", [[(0, "科技")], [(0, "创新")]]),
        ('"data hub" 网', [[(0, "data"), (1, "."), (2, "hub")], [(0, "网")]]),
        ("“数据 中心”", [[(0, "数据"), (2, "."), (3, "中心")]]),
        ("２０２1年", [[(0, "2021"), (1, "年")]]),
        ('"不闭合', [[(0, "不闭"), (1, "闭合")]]),
        ("科技 科技", [[(0, "科技")]]),
        ("，。\0", []),
    ],
)
def test_phrases(asked: str, words: list[list[tuple[int, str]]]) -> None:
    assert [list(phrase.words) for phrase in phrases(asked)] == words


@given(st.text(max_size=60))
def test_offsets_lead_from_the_folded_text_to_the_text(text: str) -> None:
    folded = search_form(text)
    back = offsets(text, folded)
    assert len(back) == len(folded)
    assert all(folded[place] in search_form(text[origin]) for place, origin in enumerate(back))
    assert list(back) == sorted(back)


LETTERS = st.text(alphabet="科技创新网5gA，、 Ｇ㎡\n", min_size=1, max_size=12)


def found_by_places(text: str, asked: str) -> bool:
    """Whether the words of a phrase stand in a text at the phrase's places, as an index would tell."""
    words = index_words(text).split(" ")
    (phrase,) = phrases(f'"{asked}"')
    return any(
        all(
            start + place < len(words)
            and (
                words[start + place].startswith(word)
                if phrase.begun and place == phrase.words[-1][0]
                else words[start + place] == word
            )
            for place, word in phrase.words
        )
        for start in range(len(words))
    )


@given(LETTERS, LETTERS)
def test_places_of_words_say_the_same_as_the_characters(text: str, asked: str) -> None:
    """What the index finds is what the pattern of the snippet finds."""
    if not phrases(f'"{asked}"'):
        return
    (phrase,) = phrases(f'"{asked}"')
    assert found_by_places(text, asked) == bool(phrase.pattern.search(search_form(text)))


def test_a_key_has_no_punctuation() -> None:
    assert name_key("《科技（２０２１）Ａ》 办法") == "科技2021a办法"


def test_a_phrase_does_not_match_its_characters_apart(index_of: IndexOf) -> None:
    index = index_of(
        "一、科技工作要创新，技创结合。", "二、坚持科技创新。", "三、科技，创新。", "四、科技x创新。"
    )
    assert texts(index, "科技创新") == ["科技创新"]
    assert texts(index, "“科技、创新”") == ["科技，创新"]
    assert len(texts(index, "科技 创新")) == 4


def test_words_of_letters_and_digits_match_as_a_whole(index_of: IndexOf) -> None:
    index = index_of("一、建成５Ｇ基站1200个。", "二、按照GB/T 9704-2012执行。")
    assert texts(index, "5g基") == ["５Ｇ基"]
    assert texts(index, "１２００个") == ["1200个"]
    assert texts(index, "120") == []
    assert texts(index, '"gb/t ９７０４"') == ["GB/T 9704"]


def test_single_characters_are_found_wherever_they_stand(index_of: IndexOf) -> None:
    index = index_of("一、网。", "二、互联网。", "三、网络。", "四、新网络站。")
    assert texts(index, "网") == ["网"] * 4
    assert texts(index, "联网") == ["联网"]


def test_a_body_is_found_by_its_old_short_name(index: SearchIndex) -> None:
    hits = search(index, "市科技局", size=100).hits
    assert hits[0].title == "云州市科学技术局"
    assert [hit.title for hit in hits if hit.kind == "agency"] == ["云州市科学技术局", "云州市科技创新局"]
