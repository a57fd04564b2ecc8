"""Chains, ties, and first persons inside quotations."""

from spacy.tokens import Doc

from readout.annotations import actors_of, article_of, evidence_of, mentions_of
from readout.detect.coreference import resolve_first_person
from readout.provenance import TextSpan
from readout.records import Party, Statement, StatementKind
from test_detect_actors import mention_of, read


def chained(text: str, *quoted: str) -> bool:
    """Do these words of a text stand in one chain?"""
    doc = read(text)
    chains = {mention.chain for words in quoted if (mention := mention_of(doc, words))}
    return len(chains) == 1 and all(mention_of(doc, words) for words in quoted)


def test_both_sides_are_the_pair_named_before() -> None:
    text = "India and Pakistan exchanged fire. Both sides reported deaths."
    assert chained(text, "India and Pakistan", "Both sides")


def test_two_leaders_are_people_not_countries() -> None:
    text = "President Maria Lund met Prime Minister Olof Berg. The two countries signed a treaty."
    doc = read(text)
    mention = mention_of(doc, "The two countries")
    assert mention is None or mention.actor is None


def test_a_pair_has_no_actor() -> None:
    doc = read("India and Pakistan exchanged fire. Both sides reported deaths.")
    mention = mention_of(doc, "Both sides")
    assert mention is not None
    assert mention.actor is None


def test_apposition_is_in_the_chain_of_the_name() -> None:
    text = "Lena Okafor, head of the electoral commission, read the results."
    assert chained(text, "Lena Okafor", "head of the electoral commission")


def test_an_empty_actor_has_its_reason() -> None:
    doc = read("Somebody called. He said nothing.")
    mention = mention_of(doc, "He")
    assert mention is not None
    assert [row.reason for row in evidence_of(doc) if row.record_id == mention.id and row.value is None][-1]


def quoted_by(doc: Doc, speaker: str, words: str, kind: StatementKind = StatementKind.DIRECT) -> Statement:
    """Return a statement with these words, by this speaker."""
    source = mention_of(doc, speaker)
    assert source is not None
    start = doc.text.index(words)
    content = TextSpan.within(article_of(doc), start, start + len(words))
    return Statement("s-1", kind, (content,), Party(source.span, source.id, source.actor))


def test_first_person_in_a_quotation_is_the_speaker() -> None:
    doc = read('"I will not yield," President Maria Lund said.')
    resolve_first_person(doc, [quoted_by(doc, "President Maria Lund", "I will not yield,")])
    mention = next(mention for mention in mentions_of(doc) if mention.span.text == "I")
    assert [actor.name for actor in actors_of(doc) if actor.id == mention.actor] == ["Maria Lund"]
    assert any(row.rule == "pronoun.speaker.i" for row in evidence_of(doc) if row.record_id == mention.id)


def test_we_of_a_ministry_is_the_ministry() -> None:
    doc = read('"We reject this," China\'s foreign ministry said.')
    resolve_first_person(doc, [quoted_by(doc, "China's foreign ministry", "We reject this,")])
    mention = next(mention for mention in mentions_of(doc) if mention.span.text == "We")
    assert [actor.name for actor in actors_of(doc) if actor.id == mention.actor] == [
        "Ministry of Foreign Affairs of China"
    ]


def test_first_person_outside_of_quotations_stays_open() -> None:
    doc = read("I asked President Maria Lund about the plan.")
    resolve_first_person(doc, [])
    assert next(mention for mention in mentions_of(doc) if mention.span.text == "I").actor is None
