"""Find the statements that say the same: repeated words first, then paraphrases by the same source."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scipy.sparse import csr_matrix

from readout.group.gatherings import Gathering
from readout.group.identities import Identities, Relation
from readout.group.wordings import Likeness, bare, likeness
from readout.group.words import NEGATIONS, Rarity, is_content, keys_of, stem
from readout.records import Reading, Statement, StatementKind

# Tuned on benchmarks/quality/quotations (dev) and on pairs of indirect statements read in stories of the dev part.
REPEATED_SHARE = 0.65  # of the lighter text's rare words, aligned in order
REPEATED_WEIGHT = 9.0  # two or three uncommon words
REPEATED_ALIGNED = 0.5  # words in common between the first and the last of them
OTHER_SOURCE_WEIGHT = 20.0  # so much repeated word for word under another name is one statement, attributed otherwise
OTHER_SOURCE_SHARE = 0.8
PARAPHRASE_BOTH = 0.57  # of both texts' rare words together: names in common are not enough
PARAPHRASE_SHARE = 0.6
PARAPHRASE_WEIGHT = 8.0
# In whatever order: of 13 pairs by one source in 29 international stories of the dev part, 12 said the same.
RETOLD_BOTH = 0.45
RETOLD_WEIGHT = 17.0
REPEATED = 2.0  # scores from here on stand for repeated words
VERBATIM_RUN = 4  # so many words in a row, being all of the shorter text, need only half of that weight
CANDIDATE_WEIGHT = 3.0  # rarity of the words that a pair shares in any order


@dataclass(frozen=True)
class Saying:
    """A statement with its article, its words, and whether they are quoted."""

    article: int
    statement: Statement

    @cached_property
    def text(self) -> str:
        """Return the content without what the sentence adds to it."""
        return bare(" ".join(span.text for span in self.statement.content))

    @cached_property
    def keys(self) -> list[str]:
        """Return the folded words of the content."""
        return keys_of(self.text)

    @cached_property
    def stems(self) -> dict[str, str]:
        """Return the words with a meaning of their own, by stem."""
        return {stem(key): key for key in self.keys if is_content(key)}

    @property
    def quoted(self) -> bool:
        """Are the words the speaker's own?"""
        return self.statement.kind is not StatementKind.INDIRECT

    @cached_property
    def negated(self) -> bool:
        """Does the content deny something?"""
        return sum(key in NEGATIONS for key in self.keys) % 2 == 1


def sayings_of(readings: Sequence[Reading]) -> list[Saying]:
    """Return the statements of some articles that have words."""
    found = [Saying(n, statement) for n, reading in enumerate(readings) for statement in reading.statements]
    return [saying for saying in found if saying.keys]


def same_sayings(sayings: Sequence[Saying], *, identities: Identities, rarity: Rarity) -> list[list[int]]:
    """Return groups of statements (by number) that say the same."""
    judged: dict[tuple[int, int], float] = {}
    for i, j in _candidates(sayings, rarity=rarity):
        score = sameness(sayings[i], sayings[j], identities=identities, rarity=rarity)
        if score > 0:
            judged[i, j] = score
    repeated = [(score, i, j) for (i, j), score in judged.items() if score >= REPEATED]
    paraphrased = [(score, i, j) for (i, j), score in judged.items() if score < REPEATED]
    gathering = Gathering(len(sayings))
    gathering.gather(repeated, apart=lambda a, b: _apart(sayings, judged, a, b, identities))
    # Two statements of one article are two things said: a paraphrase elsewhere can be that of one of them only.
    gathering.gather(paraphrased, apart=lambda a, b: sayings[a].article == sayings[b].article)
    return gathering.groups()


def _apart(
    sayings: Sequence[Saying], judged: dict[tuple[int, int], float], a: int, b: int, identities: Identities
) -> bool:
    """May two statements not meet, though a third is like both: one told inside the other, or of two speakers?"""
    first, second = sayings[a].statement, sayings[b].statement
    if _nested(first, second):
        return True
    return identities.relation(first.source, second.source) is Relation.DIFFERENT and (
        (min(a, b), max(a, b)) not in judged
    )


def _candidates(sayings: Sequence[Saying], *, rarity: Rarity) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share enough rare words, and short ones that are the same word for word."""
    columns: dict[str, int] = {}
    rows: list[int] = []
    cells: list[int] = []
    values: list[float] = []
    for n, saying in enumerate(sayings):
        for word, key in saying.stems.items():
            rows.append(n)
            cells.append(columns.setdefault(word, len(columns)))
            values.append(math.sqrt(max(0.0, rarity.of(key))))
    table = csr_matrix((values, (rows, cells)), shape=(len(sayings), max(1, len(columns))))
    shared = (table @ table.T).tocoo()
    near = (shared.row < shared.col) & (shared.data >= CANDIDATE_WEIGHT)
    pairs = set(zip(shared.row[near].tolist(), shared.col[near].tolist(), strict=True))
    yield from sorted(pairs | _same_words(sayings))


def _same_words(sayings: Sequence[Saying]) -> set[tuple[int, int]]:
    """Return the pairs whose words are the same, however common these are."""
    by_words: dict[str, list[int]] = defaultdict(list)
    for n, saying in enumerate(sayings):
        by_words["".join(saying.keys)].append(n)
    return {(members[0], other) for members in by_words.values() for other in members[1:]}


def sameness(first: Saying, second: Saying, *, identities: Identities, rarity: Rarity) -> float:
    """Return how surely two statements say the same: above 2 repeated words, above 1 a paraphrase, 0 not the same."""
    relation = identities.relation(first.statement.source, second.statement.source)
    if _told_inside(first.statement, second.statement, relation):
        return 0.0
    like = likeness(first.keys, second.keys, rarity=rarity)
    within = first.article == second.article
    if _repeated(first, second, like, relation, within=within):
        return REPEATED + like.share / 2 + like.both / 2
    if within or relation < Relation.AFFILIATED or first.negated != second.negated:
        return 0.0
    if _paraphrased(like):
        return 1.0 + like.both / 2
    retold = _retold(first, second, rarity=rarity) if relation is Relation.SAME else 0.0
    return 1.0 + retold / 2 if retold else 0.0


def _told_inside(first: Statement, second: Statement, relation: Relation) -> bool:
    """Is one told inside the other, or inside what another source says? Then it is another statement than the whole."""
    one_inside = (first.inside is None) != (second.inside is None)
    return _nested(first, second) or (one_inside and relation is not Relation.SAME)


def _nested(first: Statement, second: Statement) -> bool:
    """Is one told inside the other? Then it is another statement, whatever words they share."""
    return first.id == second.inside or second.id == first.inside


def _repeated(first: Saying, second: Saying, like: Likeness, relation: Relation, *, within: bool) -> bool:
    """Are the words of one repeated by the other?"""
    same_words = "".join(first.keys) == "".join(second.keys)
    if relation is Relation.DIFFERENT:
        return (
            like.weight >= OTHER_SOURCE_WEIGHT and like.share >= OTHER_SOURCE_SHARE and first.quoted and second.quoted
        )
    if same_words:
        return relation is not Relation.UNKNOWN or like.weight >= REPEATED_WEIGHT / 2
    verbatim = like.share >= 0.95 and like.aligned >= 0.95 and like.run >= VERBATIM_RUN
    if verbatim and (first.quoted or second.quoted):
        return like.weight >= REPEATED_WEIGHT / 2
    if within or not (first.quoted and second.quoted):
        return False
    return like.weight >= REPEATED_WEIGHT and like.share >= REPEATED_SHARE and like.aligned >= REPEATED_ALIGNED


def _retold(first: Saying, second: Saying, *, rarity: Rarity) -> float:
    """Return the share of rare words in common, in any order, when these are many and nearly half of both."""
    common = rarity.sum(key for word, key in first.stems.items() if word in second.stems)
    if common < RETOLD_WEIGHT:
        return 0.0
    both = 2 * common / (rarity.sum(first.stems.values()) + rarity.sum(second.stems.values()))
    return both if both >= RETOLD_BOTH else 0.0


def _paraphrased(like: Likeness) -> bool:
    """Are they, in order, mostly the same rare words?"""
    return like.weight >= PARAPHRASE_WEIGHT and like.both >= PARAPHRASE_BOTH and like.share >= PARAPHRASE_SHARE
