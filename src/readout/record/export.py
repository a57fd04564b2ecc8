"""Write readings and stories as the JSON of the contract (docs/record.md)."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TextIO, TypeVar

from readout.provenance import Skipped, TextSpan
from readout.record import shapes
from readout.records import (
    Actor,
    Article,
    Background,
    Claim,
    Difference,
    Event,
    Magnitude,
    Member,
    Mention,
    Name,
    Party,
    Reading,
    Report,
    Role,
    Sentence,
    Statement,
    Story,
    When,
    Where,
)

# Line ends to many readers of lines, and surrogates of file names that are not UTF-8: escaped, so that one object
# is one line everywhere and can always be encoded. JSON itself escapes the other control characters.
UNSAFE = re.compile("[\x85\u2028\u2029\ud800-\udfff]")

Record = TypeVar("Record")
Shape = TypeVar("Shape")


def write_json_line(value: Mapping[str, object], stream: TextIO) -> None:
    """Write one object as one line of readable JSON (text as it is, not escaped)."""
    stream.write(json_text(value) + "\n")


def write_json_lines(values: Iterable[Mapping[str, object]], stream: TextIO) -> int:
    """Write one line per object; return how many."""
    count = 0
    for count, value in enumerate(values, start=1):  # noqa: B007 - the last count is the result
        write_json_line(value, stream)
    return count


def json_text(value: object, *, indent: int | None = None) -> str:
    """Return JSON that is safe to print as one line, and to encode as UTF-8."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def reading_json(reading: Reading) -> shapes.ReadingJson:
    """Return all that was read out of one article, as in the contract; evidence is asked for with `readout why`."""
    return {
        "article": article_json(reading.article),
        "sentences": [sentence_json(sentence) for sentence in reading.sentences],
        "mentions": [mention_json(mention) for mention in reading.mentions],
        "actors": [actor_json(actor) for actor in reading.actors],
        "statements": [statement_json(statement) for statement in reading.statements],
        "events": [event_json(event) for event in reading.events],
        "times": [{**when_json(when), "id": when.id} for when in reading.times],
        "places": [{**where_json(where), "id": where.id} for where in reading.places],
        "background": [background_json(fact) for fact in reading.background],
        "skipped": [left_out_json(skipped) for skipped in reading.skipped],
    }


def skipped_json(skipped: Skipped) -> shapes.RefusedLine:
    """Return the line for an input that gave no article."""
    return {"skipped": {"path": skipped.what, "step": skipped.step, "reason": skipped.reason}}


def left_out_json(skipped: Skipped) -> shapes.SkippedJson:
    """Return what a step left out of an article."""
    return {
        "what": skipped.what,
        "start": skipped.start,
        "stop": skipped.stop,
        "step": skipped.step,
        "reason": skipped.reason,
    }


def maybe(shape: Callable[[Record], Shape], record: Record | None) -> Shape | None:
    """Return the shape of a record, or None for none (a truth test would take an empty span for none)."""
    return None if record is None else shape(record)


def span_json(span: TextSpan) -> shapes.SpanJson:
    """Return characters of the article."""
    return {"start": span.start, "stop": span.stop, "text": span.text}


def spans_json(spans: Iterable[TextSpan]) -> list[shapes.SpanJson]:
    """Return several stretches of the article."""
    return [span_json(span) for span in spans]


def name_json(name: Name) -> shapes.SpanJson | shapes.TextJson:
    """Return a text with its characters when it stands in the article, else alone."""
    return {"text": name.text} if name.span is None else span_json(name.span)


def article_json(article: Article) -> shapes.ArticleJson:
    """Return an article and its metadata."""
    return {
        "id": article.id,
        "path": article.path,
        "url": article.url,
        "outlet": article.outlet,
        "headline": maybe(name_json, article.headline),
        "dateline": maybe(span_json, article.dateline),
        "authors": list(article.authors),
        "published": article.published,
        "modified": article.modified,
        "retrieved": article.retrieved,
        "credit": maybe(name_json, article.credit),
        "language": article.language,
        "sha256": article.sha256,
        "repaired": article.repaired,
        "text": article.text,
    }


def sentence_json(sentence: Sentence) -> shapes.SentenceJson:
    """Return the position of a sentence."""
    span = sentence.span
    return {"id": sentence.id, "start": span.start, "stop": span.stop, "paragraph": sentence.paragraph}


def mention_json(mention: Mention) -> shapes.MentionJson:
    """Return a mention of an actor."""
    return {
        "id": mention.id,
        **span_json(mention.span),
        "kind": mention.kind.value,
        "type": mention.type,
        "actor": mention.actor,
        "chain": mention.chain,
    }


def actor_json(actor: Actor) -> shapes.ActorJson:
    """Return an actor with its roles."""
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind.value,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "roles": [role_json(role) for role in actor.roles],
    }


def role_json(role: Role) -> shapes.RoleJson:
    """Return a title that an actor holds."""
    return {
        "title": role.title,
        "organization": role.organization,
        "country": role.country,
        "from": role.since,
        "to": role.until,
        "mention": role.mention,
    }


def party_json(party: Party) -> shapes.PartyJson:
    """Return an actor in a place of a statement or event."""
    return {
        **span_json(party.span),
        "mention": party.mention,
        "actor": party.actor,
        "name": party.name,
        "country": party.country,
        "sector": party.sector,
    }


def link_json(party: Party) -> shapes.LinkJson:
    """Return a link of a statement's `via`."""
    return {**party_json(party), "channel": party.channel}


def parties_json(parties: Iterable[Party]) -> list[shapes.PartyJson]:
    """Return several parties."""
    return [party_json(party) for party in parties]


def when_json(when: When) -> shapes.WhenJson:
    """Return a time expression with its value, or the reason why it has none."""
    return {
        **span_json(when.span),
        "type": when.type,
        "value": when.value,
        "from": when.since,
        "to": when.until,
        "zone": when.zone,
        "also": [{"value": other.value, "zone": other.zone} for other in when.also],
        "reason": when.reason,
    }


def where_json(where: Where) -> shapes.WhereJson:
    """Return a place with its position on the globe, or the reason why it has none."""
    return {
        **span_json(where.span),
        "name": where.name,
        "geonames": where.geonames,
        "country": where.country,
        "lat": where.lat,
        "lon": where.lon,
        "reason": where.reason,
    }


def statement_json(statement: Statement) -> shapes.StatementJson:
    """Return a statement."""
    return {
        "id": statement.id,
        "kind": statement.kind.value,
        "source": maybe(party_json, statement.source),
        "targets": parties_json(statement.targets),
        "cue": maybe(span_json, statement.cue),
        "content": spans_json(statement.content),
        "inside": statement.inside,
        "via": [link_json(link) for link in statement.via],
        "channel": statement.channel,
        "hedges": spans_json(statement.hedges),
        "when": maybe(when_json, statement.when),
        "where": maybe(where_json, statement.where),
        "factuality": statement.factuality,
    }


def event_json(event: Event) -> shapes.EventJson:
    """Return an event."""
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "quad": event.quad,
        "sources": parties_json(event.sources),
        "targets": parties_json(event.targets),
        "trigger": spans_json(event.trigger),
        "factuality": event.factuality,
        "aspect": event.aspect,
        "reciprocal": event.reciprocal,
        "hedges": spans_json(event.hedges),
        "when": maybe(when_json, event.when),
        "where": maybe(where_json, event.where),
        "magnitude": [magnitude_json(magnitude) for magnitude in event.magnitude],
        "attributed_to": event.attributed_to,
        "via": parties_json(event.via),
        "score": event.score,
        "cameo": event.cameo,
    }


def magnitude_json(magnitude: Magnitude) -> shapes.MagnitudeJson:
    """Return a number of an event."""
    return {"value": magnitude.value, "unit": magnitude.unit, **span_json(magnitude.span)}


def background_json(fact: Background) -> shapes.BackgroundJson:
    """Return a background fact."""
    return {
        "id": fact.id,
        "term": span_json(fact.term),
        "also": spans_json(fact.also),
        **span_json(fact.span),
        "when": [when_json(when) for when in fact.when],
        "via": parties_json(fact.via),
    }


def story_json(story: Story, readings: Mapping[str, Reading]) -> shapes.StoryJson:
    """Return a story as in `readout brief --format json`; `readings` holds those of its articles, by article id."""
    return {
        "story": {
            "id": story.id,
            "title": story.title,
            "first_reported": story.first_reported,
            "when": maybe(when_json, story.when),
        },
        "articles": [member_json(member, readings[member.article].article) for member in story.members],
        "claims": [claim_json(claim) for claim in story.claims],
        "differences": [difference_json(difference) for difference in story.differences],
        "only_in": {article: list(claims) for article, claims in story.only_in.items()},
        "background": [
            {**background_json(fact), "article": member.article}
            for member in story.members
            for fact in readings[member.article].background
        ],
        "timeline": [{"when": moment.when, "claim": moment.claim} for moment in story.timeline],
        "unresolved": [
            {"record": open_.record, "field": open_.field, "reason": open_.reason} for open_ in story.unresolved
        ],
    }


def member_json(member: Member, article: Article) -> shapes.MemberJson:
    """Return an article of a story."""
    return {
        "id": article.id,
        "path": article.path,
        "outlet": article.outlet,
        "headline": article.headline.text if article.headline else None,
        "published": article.published,
        "role": member.role.value,
    }


def claim_json(claim: Claim) -> shapes.ClaimJson:
    """Return a claim with its reports."""
    return {
        "id": claim.id,
        "kind": claim.kind,
        "canonical": claim.canonical,
        "reports": [report_json(report) for report in claim.reports],
        "outlets": claim.outlets,
        "origins": [{"name": origin.name, "actor": origin.actor} for origin in claim.origins],
        "factuality": claim.factuality,
    }


def report_json(report: Report) -> shapes.ReportJson:
    """Return one article's version of a claim."""
    return {
        "article": report.article,
        "record": report.record,
        "wording": report.wording.value,
        "changes": [list(change) for change in report.changes],
    }


def difference_json(difference: Difference) -> shapes.DifferenceJson:
    """Return a difference between accounts."""
    return {
        "about": difference.about,
        "kind": difference.kind.value,
        "values": [{"article": value.article, **span_json(value.span)} for value in difference.values],
    }
