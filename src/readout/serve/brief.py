"""The brief of a story: what happened, who said what, where the accounts differ, and where the words come from.

`brief` turns a Story and its Readings into sections of lines; terminal.py, markdown.py and pages.py only lay them out.
"""

from collections.abc import Iterator, Mapping

from readout.records import Article, ArticleRole, Claim, Party, Reading, Statement, Story
from readout.serve.compared import only_in_one, where_accounts_differ
from readout.serve.context import background, timeline, unresolved
from readout.serve.happened import what_happened
from readout.serve.lines import ArticleLine, Brief, Telling, outlet_of, shorten
from readout.serve.phrases import and_list, date_phrase, plural
from readout.serve.said import who_said_what

SECTIONS = (
    what_happened,
    who_said_what,
    where_accounts_differ,
    only_in_one,
    background,
    timeline,
    unresolved,
)
ORIGINS_NAMED = 4


def brief(story: Story, readings: Mapping[str, Reading]) -> Brief:
    """Return the brief of a story; `readings` holds at least those of its articles, by article id."""
    telling = Telling.of(story, readings)
    sections = (make(telling) for make in SECTIONS)
    roles = {member.article: member.role for member in story.members}
    articles = (
        article_line(reading.article, telling.letters[id_], roles[id_]) for id_, reading in telling.readings.items()
    )
    return Brief(
        story.id,
        story.title,
        tuple(summary(telling)),
        tuple(articles),
        tuple(section for section in sections if section.groups),
        telling.readings,
    )


def article_line(article: Article, letter: str, role: ArticleRole) -> ArticleLine:
    """Return what the list of reports shows of an article."""
    headline = article.headline.text if article.headline else opening(article)
    published = date_phrase(article.published) if article.published else "no date"
    credit = article.credit.text if article.credit else ""
    return ArticleLine(letter, article.id, outlet_of(article), headline, published, role, credit, article.url or "")


def opening(article: Article) -> str:
    """Return the first words of an article that has no headline."""
    body = next((block.span.text for block in article.blocks if block.paragraph is not None), "")
    return shorten(body, 90)


def summary(telling: Telling) -> Iterator[str]:
    """Yield the sentences at the top: how many reports, from how many outlets and origins, how far they agree."""
    articles = [reading.article for reading in telling.readings.values()]
    outlets = {outlet_of(article) for article in articles}
    independent = sum(member.role is not ArticleRole.COPY for member in telling.story.members)
    yield f"{plural(len(articles), 'article')} from {plural(len(outlets), 'outlet')}" + (
        f", {independent} of them independent." if independent < len(articles) else "."
    )
    statements = [claim for claim in telling.story.claims if claim.kind == "statement"]
    if statements:
        keys = {telling.identities.key(source) for claim in statements if (source := source_of(telling, claim))}
        speakers = len(keys - {None})
        by = f" by {plural(speakers, 'speaker')}" if speakers else ""
        yield f"{plural(len(statements), 'statement')}{by}."
    if len(articles) > 1:
        shared = sum(len(telling.articles_of(claim)) > 1 for claim in telling.story.claims)
        differences = len(telling.story.differences)
        yield f"{plural(shared, 'claim')} in more than one article, {plural(differences, 'difference')} between them."
    yield from origins(statements, outlets)


def source_of(telling: Telling, claim: Claim) -> Party | None:
    """Return the speaker of a claim."""
    record = telling.canonical(claim)
    return record.source if isinstance(record, Statement) else None


def origins(statements: list[Claim], outlets: set[str]) -> Iterator[str]:
    """Yield the sentence that says from whom the outlets have their words, the most frequent origin first."""
    names = [origin.name for claim in statements for origin in claim.origins if origin.name not in outlets]
    ranked = sorted(dict.fromkeys(names), key=lambda name: -names.count(name))
    more = len(ranked) - ORIGINS_NAMED
    shown = [*ranked[:ORIGINS_NAMED], f"{more} more"] if more > 0 else ranked
    if shown:
        yield f"Beside the outlets' own reporting, words come from {and_list(shown)}."
