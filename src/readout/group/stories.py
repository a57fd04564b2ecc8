"""Make stories: articles about one happening, with what they claim, what differs, and what stays open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from readout.annotations import masked_text
from readout.group.affinities import REPRINTED_WITHIN, affinities
from readout.group.claims import claims_of
from readout.group.copies import Side, copies, passages, precedence
from readout.group.differences import differences_of
from readout.group.happenings import Subject, cluster, days_apart
from readout.group.material import Material, in_headline, when_of
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

TITLE_WORDS = 14


def group(readings: Sequence[Reading]) -> list[Story]:
    """Return the stories of some articles, the one with most articles first. Order and repetition do not matter."""
    return _ordered(_grouped(_unique(readings), ()))


def grown(stories: Sequence[Story], readings: Sequence[Reading]) -> list[Story]:
    """Return the stories after articles have arrived: those of `readings` that no story has yet.

    Articles that are in a story stay together; a story that is days away from every new article stays as it is.
    """
    unique = _unique(readings)
    story_of = {member.article: story for story in stories for member in story.members}
    arrived = [reading for reading in unique if reading.article.id not in story_of]
    touched = {story.id: story for story in _near(arrived, unique, story_of)}
    members = [frozenset(member.article for member in story.members) for story in touched.values()]
    concerned = [r for r in unique if r.article.id not in story_of or story_of[r.article.id].id in touched]
    untouched = [story for story in stories if story.id not in touched]
    return _ordered([*untouched, *_grouped(concerned, members)])


def _unique(readings: Sequence[Reading]) -> list[Reading]:
    """Return each article once, the earliest first."""
    by_id = {reading.article.id: reading for reading in readings}
    return sorted(by_id.values(), key=lambda reading: precedence(reading.article))


def _ordered(stories: Iterable[Story]) -> list[Story]:
    return sorted(stories, key=lambda story: (-len(story.members), story.first_reported or "9999", story.id))


def _near(arrived: Sequence[Reading], known: Sequence[Reading], story_of: Mapping[str, Story]) -> Iterator[Story]:
    """Yield the stories with an article so near in time to a new one that both may be about one happening."""
    dates = {reading.article.published for reading in arrived}
    for reading in known:
        story = story_of.get(reading.article.id)
        near = any(days_apart(reading.article.published, date) <= REPRINTED_WITHIN for date in dates)
        if story is not None and near:
            yield story


def _grouped(readings: Sequence[Reading], together: Iterable[frozenset[str]]) -> Iterator[Story]:
    """Yield the stories of some articles, earliest first; those of a set in `together` are not parted."""
    sides = [Side.of(masked_text(reading.article)) for reading in readings]
    rarity = Rarity(side.keys for side in sides)
    shared = list(passages([reading.article for reading in readings], sides))
    number = {reading.article.id: n for n, reading in enumerate(readings)}
    groups = cluster(
        [_subject(reading) for reading in readings],
        closer=affinities(readings, shared),
        rarity=rarity,
        together=[sorted(number[article] for article in known) for known in together],
    )
    group_of = {n: members[0] for members in groups for n in members}
    inside: dict[int, list[Passage]] = defaultdict(list)
    for passage in shared:
        if group_of[number[passage.article]] == group_of[number[passage.other]]:
            inside[group_of[number[passage.article]]].append(passage)
    for members in groups:
        yield _story(Material([readings[n] for n in members], rarity), tuple(inside[members[0]]))


def _subject(reading: Reading) -> Subject:
    article = reading.article
    title = article.headline.text if article.headline else ""
    body = [block.span.text for block in article.blocks if block.kind is BlockKind.BODY]
    return Subject(article.id, title, "\n".join(body) or article.text, article.published)


def _story(material: Material, shared: tuple[Passage, ...]) -> Story:
    """Return the story that some articles tell; `shared` is the text that they have in common."""
    articles = [reading.article for reading in material.readings]
    copied_from = copies(articles, shared)
    claims = claims_of(Origins(material, shared, copied_from))
    return Story(
        id=record_id("story", articles[0].id),
        title=_title(material),
        members=tuple(_members(articles, copied_from)),
        first_reported=min((article.published for article in articles if article.published), default=None),
        when=_main_time(claims, material),
        claims=claims,
        differences=differences_of(claims, material),
        only_in=_only_in(claims, articles),
        passages=shared,
        timeline=tuple(_timeline(claims, material)),
        unresolved=tuple(unresolved_in(material)),
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


def _title(material: Material) -> str:
    """Return the first headline, else the beginning of the first lead."""
    for reading in material.readings:
        if reading.article.headline and reading.article.headline.text.strip():
            return " ".join(reading.article.headline.text.split())
    return _lead(material.readings[0])


def _lead(reading: Reading) -> str:
    """Return the first words of an article."""
    body = [s.span for s in reading.sentences if not in_headline(reading.article, s.span)]
    words = (body[0].text if body else reading.article.text).split()
    return " ".join(words[:TITLE_WORDS]) + (" …" if len(words) > TITLE_WORDS else "")


def _main_time(claims: Sequence[Claim], material: Material) -> When | None:
    """Return when the event took place that most articles report and that is dated."""
    dated = [
        (claim, when) for claim in claims if claim.kind == "event" and (when := _when(claim, material)) is not None
    ]
    return max(dated, key=lambda pair: len(pair[0].reports))[1] if dated else None


def _when(claim: Claim, material: Material) -> When | None:
    """Return the time of a claim, from the first report that has a resolved one, else from the first that has any."""
    given = [
        when for report in claim.reports if (when := _report_time(report.article, report.record, material)) is not None
    ]
    return next((when for when in given if when.value), given[0] if given else None)


def _report_time(article: str, record: str, material: Material) -> When | None:
    if record in material.statements:
        return material.statements[record].when
    return when_of(material.reading_of[article], material.events[record])


def _only_in(claims: Iterable[Claim], articles: Sequence[Article]) -> dict[str, tuple[str, ...]]:
    """Return by article the claims that no other article reports."""
    only: dict[str, list[str]] = {article.id: [] for article in articles}
    for claim in claims:
        reporters = {report.article for report in claim.reports}
        if len(reporters) == 1:
            only[reporters.pop()].append(claim.id)
    return {article: tuple(ids) for article, ids in only.items()}


def _timeline(claims: Iterable[Claim], material: Material) -> list[Moment]:
    """Return the dated claims in the order in which it happened."""
    moments = []
    for claim in claims:
        when = _when(claim, material)
        if when is not None and when.value and when.value[0].isdigit():
            moments.append(Moment(when.value, claim.id))
    return sorted(moments, key=lambda moment: (moment.when, moment.claim))
