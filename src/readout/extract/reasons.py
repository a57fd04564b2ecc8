"""Say for each field of a statement where its value comes from, or why it has none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from readout.extract.drafts import Draft
from readout.extract.hedges import Factuality
from readout.extract.layout import Layout
from readout.extract.nominals import SUBJECTS
from readout.provenance import Evidence, TextSpan
from readout.records import Statement, When, Where

STEP = "extract.statements@1"
QUOTED_RULES = frozenset({"quotation_then_cue", "cue_then_quotation", "continued_turn", "signature", "label"})


def evidence_of(
    statement: Statement, draft: Draft, factuality: Factuality, channel: tuple[TextSpan | None, str], layout: Layout
) -> Iterator[Evidence]:
    row = Row(statement.id)
    for span in statement.content:
        yield row.of("content", span.text, span, f"content.{draft.rule}")
    for cut_rule, start, stop in draft.cut:
        left_out = TextSpan.of(layout.article, layout.doc[start:stop])
        yield row.of("content", None, left_out, f"content.{cut_rule}", "the relayer's words, not the source's")
    yield from _source_evidence(statement, draft, row)
    pronoun = relative_pronoun(draft)
    if pronoun is not None and statement.source is not None:
        span = TextSpan.of(layout.article, layout.doc[pronoun.i : pronoun.i + 1])
        yield row.of("source", span.text, span, "source.relative_pronoun")
    cue_rule = draft.cue.id if draft.cue is not None else f"cue.{draft.rule}" if draft.label is not None else None
    cue_text = statement.cue.text if statement.cue else None
    yield row.of("cue", cue_text, statement.cue, cue_rule, "the turn goes on without a cue")
    for target in statement.targets:
        yield row.of("targets", target.name or target.span.text, target.span, "targets.object")
    if not statement.targets:
        yield row.of("targets", None, None, None, "nobody is named as addressed or asked")
    for link in statement.via:
        yield row.of("via", link.name or link.span.text, link.span, "via.relayer")
    if not statement.via:
        yield row.of("via", None, None, None, "no relayer between the source and the outlet is named")
    channel_span, rule = channel
    yield row.of("channel", statement.channel, channel_span, rule, "no channel or occasion is named beside the cue")
    for cause in factuality.evidence:
        score = factuality.score if cause.rule.id.startswith("model.") else None
        yield replace(row.of("factuality", statement.factuality, cause.span, cause.rule.id), score=score)
    if not factuality.evidence:
        yield row.of("factuality", statement.factuality, statement.cue, cue_rule)
    yield from _time_and_place_evidence(statement.when, statement.where, row)


def relative_pronoun(draft: Draft) -> Token | None:
    """Return the pronoun through which a relative clause names its source: "the minister, who said ..."."""
    children = draft.match.head.children if draft.match is not None else ()
    return next((one for one in children if one.tag_ in {"WP", "WDT"} and one.dep_ in SUBJECTS), None)


def _source_evidence(statement: Statement, draft: Draft, row: "Row") -> Iterator[Evidence]:
    source = statement.source
    name = (source.name or source.span.text) if source else None
    span = source.span if source else None
    if draft.inherited or (source is not None and len(statement.content) > 1 and draft.rule in QUOTED_RULES):
        yield row.of(
            "source", name, span, "source.turn", "a quotation without a cue continues the turn of this speaker"
        )
    else:
        yield row.of("source", name, span, f"source.{draft.source.rule}", draft.source.reason or "no source is named")


def _time_and_place_evidence(when: When | None, where: Where | None, row: "Row") -> Iterator[Evidence]:
    value = (when.value or when.span.text) if when else None
    yield row.of("when", value, when.span if when else None, "when.of_cue", "no time of saying is given")
    name, span = (where.name, where.span) if where else (None, None)
    yield row.of("where", name, span, "where.of_cue", "no place of saying is given")


def inside_evidence(statement: Statement) -> Iterator[Evidence]:
    yield Row(statement.id).of("inside", statement.inside, statement.cue, "inside.cue", "not in another's words")


@dataclass(frozen=True, slots=True)
class Row:
    """Makes the evidence of one statement; a reason is kept where a value is missing, or explains one."""

    id: str

    def of(
        self, field: str, value: str | None, span: TextSpan | None, rule: str | None, reason: str | None = None
    ) -> Evidence:
        """Return the row of one field."""
        kept = reason if value is None or rule == "source.turn" else None
        return Evidence(self.id, field, value, span, STEP, rule if value is not None or span else None, None, kept)
