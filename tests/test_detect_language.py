"""What the English component makes of texts: the shape of its answers, and news that must not go wrong."""

import numpy as np
import pytest
from spacy.language import Language

from readout import weights
from readout.detect.english import features, plain, shape
from readout.detect.forms import Forms
from readout.detect.spans import best_labels, name_spans

LABELS = ("O", "B-ORG", "I-ORG", "B-LOC", "I-LOC")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return weights.load()


def test_names_keep_one_kind_over_all_their_words() -> None:
    # "Air France": the first word looks like an organization, the second, alone, like a place.
    scores = np.array([[0, 3, 0, 1, 0], [0, 0, 2.0, 0, 2.5]], dtype=np.float32)
    assert best_labels(scores, LABELS) == [1, 2]


def test_no_name_crosses_a_sentence_start() -> None:
    scores = np.array([[0, 9, 0, 0, 0], [0, 0, 9, 0, 0]], dtype=np.float32)
    assert list(name_spans(scores, [0], LABELS)) == [(0, 2, "ORG")]
    assert list(name_spans(scores, [0, 1], LABELS)) == [(0, 1, "ORG")]


def test_quotes_and_dashes_have_one_form() -> None:
    assert plain("n’t") == "n't"
    assert features("“", 1000) == features('"', 1000)
    assert features("—", 1000) == features("–", 1000)


def test_shape_shortens_runs() -> None:
    assert shape("Kyiv-2022") == "Xxxx-ddd"


def test_lemmas_follow_exceptions_then_the_longest_ending() -> None:
    forms = Forms(endings={"VBD": {"": [0, ""], "ed": [2, ""], "ied": [3, "y"]}}, lemmas={"VBD": {"met": "meet"}})
    assert [forms.lemma(word, "VBD") for word in ("met", "Denied", "talked")] == ["meet", "deny", "talk"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The U.S. and Gen. Ana Ruiz agreed on Jan. 26. Talks go on.", 2),
        ("“We will go. We will not wait,” the minister said.", 2),
        ("Prices rose 3.5 percent. Mr. Smith, of Acme Corp., declined to comment.", 2),
        ("Officials met late Friday—Saturday in Oslo—with envoys from Peru.", 1),
    ],
)
def test_sentences_of_news(nlp: Language, text: str, sentences: int) -> None:
    assert len(list(nlp(text).sents)) == sentences


def test_paragraphs_end_sentences_also_without_a_period(nlp: Language) -> None:
    doc = nlp("Two killed in blast\n\nThe mayor said so\n\nPolice are looking for witnesses.")
    assert [sent.text.strip() for sent in doc.sents] == [
        "Two killed in blast",
        "The mayor said so",
        "Police are looking for witnesses.",
    ]


@pytest.mark.parametrize(
    ("text", "verb", "speaker"),
    [
        ("“We will not negotiate under fire,” Keller said on Tuesday.", "said", "Keller"),
        ("The ministry said that the talks had failed.", "said", "ministry"),
        ("Peru, Haddad told reporters, would close the border.", "told", "Haddad"),
    ],
)
def test_who_speaks_hangs_on_the_verb(nlp: Language, text: str, verb: str, speaker: str) -> None:
    doc = nlp(text)
    assert [(t.text, t.head.text) for t in doc if t.text == speaker and t.dep_ == "nsubj"] == [(speaker, verb)]


def test_every_sentence_has_one_root_and_no_cycle(nlp: Language) -> None:
    doc = nlp("a b c ( d e f ) : g ; - h , i j k “ l m ” n o p . " * 20)
    for sent in doc.sents:
        assert sum(token.head == token for token in sent) == 1
        assert all(sent.root in [token, *token.ancestors] for token in sent)


def test_a_text_of_many_words_without_an_end_is_read(nlp: Language) -> None:
    assert len(nlp("word " * 3000)) == 3000
