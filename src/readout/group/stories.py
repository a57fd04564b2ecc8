"""Make stories: articles about one happening, with what they claim, what differs, and what stays open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from readout.annotations import masked_text
from readout.group.claims import claims_of
from readout.group.copies import MOST, Side, copies, passages, precedence
from readout.group.coverage import Coverage, in_headline, when_of
from readout.group.differences import differences_of
from readout.group.happenings import WITHIN_DAYS, Subject, cluster, days_apart
from readout.group.origins import Origins
from readout.group.unresolved import unresolved_in
from readout.group.words import Rarity
from readout.provenance import record_id
from readout.records import (
    Article,
    ArticleRole,
    BlockKind,
    Claim,
    Member,
    Moment,
    Passage,
    Reading,
    Story,
    When,
)

SHARED_LIKENESS = 1.5  # added to the likeness of two articles that share all of the shorter text; less in proportion
REPRINTED_WITHIN = 7  # days in which a copy of an article is still a report of its happening
TITLE_WORDS = 14


def group(readings: Sequence[Reading]) -> list[Story]:
    """Return the stories of some articles, the one with most articles first. Order and repetition do not matter."""
    unique = sorted({reading.article.id: reading for reading in readings}.values(), key=lambda r: precedence(r.article))
    if not unique:
        return []
    sides = [Side.of(masked_text(reading.article)) for reading in unique]
    rarity = Rarity(side.keys for side in sides)
    shared = list(passages([reading.article for reading in unique], sides))
    stories = [
        _story(Coverage([unique[n] for n in members], rarity), shared)
        for members in cluster(list(map(_subject, unique)), closer=_closer(unique, shared), rarity=rarity)
    ]
    return sorted(stories, key=lambda story: (-len(story.members), story.first_reported or "9999", story.id))


def _subject(reading: Reading) -> Subject:
    article = reading.article
    title = article.headline.text if article.headline else ""
    body = [block.span.text for block in article.blocks if block.kind is BlockKind.BODY]
    return Subject(article.id, title, "\n".join(body) or article.text, article.published)


def _closer(readings: Sequence[Reading], shared: Iterable[Passage]) -> dict[tuple[int, int], float]:
    """Return how much nearer the text that two articles share brings them; days apart, only a copy does."""
    number = {reading.article.id: n for n, reading in enumerate(readings)}
    characters: dict[tuple[int, int], int] = defaultdict(int)
    for passage in shared:
        i, j = sorted((number[passage.article], number[passage.other]))
        characters[i, j] += len(passage.span)
    closer: dict[tuple[int, int], float] = {}
    for (i, j), n in characters.items():
        share = n / min(len(readings[i].article.text), len(readings[j].article.text))
        apart = days_apart(readings[i].article.published, readings[j].article.published)
        if apart <= WITHIN_DAYS or (apart <= REPRINTED_WITHIN and share >= MOST):
            closer[i, j] = SHARED_LIKENESS * share
    return closer


def _story(coverage: Coverage, shared: Iterable[Passage]) -> Story:
    """Return the story that some articles tell."""
    articles = [reading.article for reading in coverage.readings]
    own = tuple(p for p in shared if p.article in coverage.articles and p.other in coverage.articles)
    copied_from = copies(articles, own)
    claims = claims_of(Origins(coverage, own, copied_from))
    return Story(
        id=record_id("story", articles[0].id),
        title=_title(coverage),
        members=tuple(_members(articles, copied_from)),
        first_reported=min((article.published for article in articles if article.published), default=None),
        when=_main_time(claims, coverage),
        claims=claims,
        differences=differences_of(claims, coverage),
        only_in=_only_in(claims, articles),
        passages=own,
        timeline=tuple(_timeline(claims, coverage)),
        unresolved=tuple(unresolved_in(coverage)),
    )


def _members(articles: Sequence[Article], copied_from: Mapping[str, str]) -> Iterator[Member]:
    """Yield the articles, the earliest first, each with its role; an original is an article that has copies."""
    for article in articles:
        if article.id in copied_from:
            yield Member(article.id, ArticleRole.COPY)
        elif article.id in copied_from.values():
            yield Member(article.id, ArticleRole.ORIGINAL)
        else:
            yield Member(article.id, ArticleRole.INDEPENDENT)


def _title(coverage: Coverage) -> str:
    """Return the first headline, else the beginning of the first lead."""
    for reading in coverage.readings:
        if reading.article.headline and reading.article.headline.text.strip():
            return " ".join(reading.article.headline.text.split())
    return _lead(coverage.readings[0])


def _lead(reading: Reading) -> str:
    """Return the first words of an article."""
    body = [s.span for s in reading.sentences if not in_headline(reading.article, s.span)]
    words = (body[0].text if body else reading.article.text).split()
    return " ".join(words[:TITLE_WORDS]) + (" …" if len(words) > TITLE_WORDS else "")


def _main_time(claims: Sequence[Claim], coverage: Coverage) -> When | None:
    """Return when the event took place that most articles report and that is dated."""
    dated = [
        (claim, when) for claim in claims if claim.kind == "event" and (when := _when(claim, coverage)) is not None
    ]
    return max(dated, key=lambda pair: len(pair[0].reports))[1] if dated else None


def _when(claim: Claim, coverage: Coverage) -> When | None:
    """Return the time of a claim, from the first report that has a resolved one, else from the first that has any."""
    given = [
        when for report in claim.reports if (when := _report_time(report.article, report.record, coverage)) is not None
    ]
    return next((when for when in given if when.value), given[0] if given else None)


def _report_time(article: str, record: str, coverage: Coverage) -> When | None:
    if record in coverage.statements:
        return coverage.statements[record].when
    return when_of(coverage.reading_of[article], coverage.events[record])


def _only_in(claims: Iterable[Claim], articles: Sequence[Article]) -> dict[str, tuple[str, ...]]:
    """Return by article the claims that no other article reports."""
    only: dict[str, list[str]] = {article.id: [] for article in articles}
    for claim in claims:
        reporters = {report.article for report in claim.reports}
        if len(reporters) == 1:
            only[reporters.pop()].append(claim.id)
    return {article: tuple(ids) for article, ids in only.items()}


def _timeline(claims: Iterable[Claim], coverage: Coverage) -> list[Moment]:
    """Return the dated claims in the order in which it happened."""
    moments = []
    for claim in claims:
        when = _when(claim, coverage)
        if when is not None and when.value and when.value[0].isdigit():
            moments.append(Moment(when.value, claim.id))
    return sorted(moments, key=lambda moment: (moment.when, moment.claim))
