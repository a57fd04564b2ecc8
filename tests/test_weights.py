"""The English model that ships, and other models in its place."""

from pathlib import Path
from typing import Any

import pytest
import spacy

from readout import weights
from readout.errors import NoSuchModel


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return weights.load_english()


def test_the_model_is_small_enough_to_ship() -> None:
    assert 0 < weights.english().size <= 25_000_000


def test_the_model_says_what_it_is() -> None:
    model = weights.english()
    assert model.version != "0"
    assert model.licence == "CC BY-SA 4.0"
    assert len(model.sha256) == 64


def test_it_gives_sentences_trees_lemmas_and_names(nlp: spacy.language.Language) -> None:
    doc = nlp("President Anna Keller met Prime Minister Omar Haddad in Geneva on Monday. They did not sign the treaty.")
    assert len(list(doc.sents)) == 2
    met = next(token for token in doc if token.text == "met")
    assert (met.lemma_, met.tag_, met.pos_, met.dep_) == ("meet", "VBD", "VERB", "ROOT")
    assert {child.dep_ for child in met.children} >= {"nsubj", "obj"}
    assert {(ent.text, ent.label_) for ent in doc.ents} >= {
        ("Anna Keller", "PERSON"),
        ("Omar Haddad", "PERSON"),
        ("Geneva", "GPE"),
    }


def test_white_space_changes_neither_trees_nor_sentences(nlp: spacy.language.Language) -> None:
    plain = nlp("The minister resigned. The court in Lima said so.")
    spaced = nlp("   The minister    resigned.\n\n\n          The court in     Lima said so.\n")
    words = [token for token in spaced if not token.is_space]
    assert [(t.text, t.dep_, t.head.text, t.tag_) for t in words] == [
        (t.text, t.dep_, t.head.text, t.tag_) for t in plain
    ]
    assert [sent.root.text for sent in spaced.sents] == [sent.root.text for sent in plain.sents]
    assert all(not token.is_sent_start for token in spaced if token.is_space and token.i > 0)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a", "...", "\u200b", "x" * 5000, "( " * 300])
def test_odd_texts_are_read(nlp: spacy.language.Language, text: str) -> None:
    assert nlp(text).text == text


def test_batches_give_what_single_texts_give(nlp: spacy.language.Language) -> None:
    texts = [
        "Troops left.",
        "",
        "The president of Peru, who is ill, will not travel to the summit in Oslo, aides said.",
    ] * 4
    single = [[(t.dep_, t.head.i, t.tag_, t.ent_type_) for t in nlp(text)] for text in texts]
    assert [[(t.dep_, t.head.i, t.tag_, t.ent_type_) for t in doc] for doc in nlp.pipe(texts)] == single


def test_a_model_without_a_parser_is_refused_by_name(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(NoSuchModel, match="no dependencies and no tags"):
        weights.load(str(tmp_path))


def test_a_model_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(NoSuchModel, match="en_no_such_model"):
        weights.load("en_no_such_model")


def test_a_parser_with_other_labels_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    tagger: Any = nlp.add_pipe("tagger")
    tagger.add_label("NN")
    parser: Any = nlp.add_pipe("parser")
    for label in ("nsubj", "dobj", "pobj", "prep"):
        parser.add_label(label)
    nlp.initialize()
    nlp.to_disk(tmp_path)
    with pytest.raises(NoSuchModel, match="Universal Dependencies"):
        weights.load(str(tmp_path))
