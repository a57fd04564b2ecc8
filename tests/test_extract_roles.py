"""Who stands in a role: on trees made by hand, so that each rule is tested without a parser's errors."""

import spacy
from spacy.tokens import Doc, Token

from readout.extract import roles


def tree(words: str, heads: list[int], deps: str, tags: str) -> Doc:
    nlp = spacy.blank("en")
    pos = {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "VBD": "VERB", "VBN": "VERB", "VB": "VERB", "IN": "ADP"}
    pos |= {"DT": "DET", "TO": "PART", "WP": "PRON", "CC": "CCONJ", "RB": "ADV", "VBZ": "AUX", "PRP$": "PRON"}
    listed = tags.split()
    return Doc(
        nlp.vocab,
        words=words.split(),
        heads=heads,
        deps=deps.split(),
        tags=listed,
        pos=[pos[tag] for tag in listed],
        sent_starts=[number == 0 for number in range(len(listed))],
    )


def token(doc: Doc, word: str) -> Token:
    return next(one for one in doc if one.text == word)


def test_active_subject_and_object() -> None:
    doc = tree("Chad met Mali", [1, 1, 1], "nsubj ROOT obj", "NNP VBD NNP")
    found = roles.subject(doc[1]), roles.direct_object(doc[1])
    assert [one.token.text for one in found if one] == ["Chad", "Mali"]


def test_passive_turns_the_roles() -> None:
    doc = tree(
        "Mali was blamed by Chad", [2, 2, 2, 4, 2], "nsubj:pass aux:pass ROOT case obl:agent", "NNP VBD VBN IN NNP"
    )
    found = roles.subject(doc[2]), roles.direct_object(doc[2])
    assert [one.token.text for one in found if one] == ["Chad", "Mali"]


def test_relative_pronoun_stands_for_its_noun() -> None:
    doc = tree("troops who attacked Gao", [0, 2, 0, 2], "ROOT nsubj acl:relcl obj", "NNS WP VBD NNP")
    found = roles.subject(doc[2])
    assert found is not None and found.token.text == "troops"


def test_reduced_relative_clause_is_passive() -> None:
    doc = tree("troops sent by Chad", [0, 0, 3, 1], "ROOT acl case obl:agent", "NNS VBN IN NNP")
    found = roles.subject(doc[1]), roles.direct_object(doc[1])
    assert [one.token.text for one in found if one] == ["Chad", "troops"]


def test_second_verb_shares_the_subject() -> None:
    doc = tree("Chad left and warned Mali", [1, 1, 3, 1, 3], "nsubj ROOT cc conj obj", "NNP VBD CC VBD NNP")
    found = roles.subject(doc[3])
    assert found is not None and found.token.text == "Chad"


def test_object_of_the_verb_above_controls_the_infinitive() -> None:
    doc = tree("Chad urged Mali to leave", [1, 1, 1, 4, 1], "nsubj ROOT obj mark xcomp", "NNP VBD NNP TO VB")
    found = roles.subject(doc[4])
    assert found is not None and found.token.text == "Mali"


def test_complement_subject() -> None:
    doc = tree("Chad demanded that Mali leave", [1, 1, 4, 4, 1], "nsubj ROOT mark nsubj ccomp", "NNP VBD IN NNP VB")
    found = roles.complement_subject(doc[1])
    assert found is not None and found.token.text == "Mali"


def test_coordination_gives_both() -> None:
    doc = tree("Chad and Mali met", [3, 2, 0, 3], "nsubj cc conj ROOT", "NNP CC NNP VBD")
    assert [one.text for one in roles.coordinated(doc[0], lambda _: True)] == ["Chad", "Mali"]


def test_word_order_helps_where_the_tree_has_no_subject() -> None:
    doc = tree("Chad then met Mali", [3, 2, 3, 3], "compound advmod compound ROOT", "NNP RB VBD NNP")
    found = roles.subject(doc[2])
    assert found is not None
    assert (found.token.text, found.rule) == ("Chad", "role.left-neighbour")


def test_behind_a_preposition() -> None:
    doc = tree("Chad met with Mali", [1, 1, 3, 1], "nsubj ROOT case obl", "NNP VBD IN NNP")
    found = roles.behind(doc[2])
    assert found is not None and found.token.text == "Mali"


def test_possessor() -> None:
    doc = tree("its refusal", [1, 1], "nmod:poss ROOT", "PRP$ NN")
    found = roles.possessor(token(doc, "refusal"))
    assert found is not None and found.token.text == "its"
