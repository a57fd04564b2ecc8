"""Take the value of a field apart, as people read it and with the characters that carry it."""

from dataclasses import dataclass

from readout.provenance import TextSpan
from readout.record.titles import title_of
from readout.records import Magnitude, Name, Party, Reading, Role, When, Where


@dataclass(frozen=True, slots=True)
class Part:
    """One of the values of a field, with its characters. `held` is the id of the time, place or mention that it is."""

    value: str
    span: TextSpan | None = None
    held: str | None = None
    reason: str | None = None
    names: tuple[str, ...] = ()


def parts(value: object, reading: Reading | None = None) -> list[Part]:
    """Return the values of a field as people read them, each with its characters."""
    if value is None or value == "":
        return []
    if isinstance(value, tuple):
        return [part for one in value for part in parts(one, reading)]
    return [_part(value, reading)]


def _part(value: object, reading: Reading | None) -> Part:
    part = Part(str(value))
    match value:
        case TextSpan():
            part = Part(value.text, value)
        case Name():
            part = Part(value.text, value.span)
        case Party():
            part = Part(_party_text(value), value.span, value.mention, names=_known(value.name, value.actor))
        case When():
            part = Part(value.value or "no value", value.span, value.id, value.reason)
        case Where():
            known = f"{value.name} (GeoNames {value.geonames})" if value.geonames else value.name
            part = Part(known, value.span, value.id, value.reason, names=(value.name, str(value.geonames)))
        case Magnitude():
            part = Part(f"{value.value:g} {value.unit}".strip(), value.span)
        case Role():
            part = Part(role_text(value), _mention_span(value.mention, reading))
        case bool():
            part = Part("yes" if value else "no")
        case str() if reading is not None:
            part = Part(_named(value, reading), names=(value,))
    return part


def _named(value: str, reading: Reading) -> str:
    """Return the name of what an id stands for, with the id; any other value as it is."""
    for actor in reading.actors:
        if actor.id == value:
            return f"{actor.name} ({value})"
    for statement in reading.statements:
        if statement.id == value:
            return f"{title_of(statement, reading)} ({value})"
    return value


def _known(*names: str | None) -> tuple[str, ...]:
    return tuple(name for name in names if name)


def _party_text(party: Party) -> str:
    known = ", ".join(one for one in (party.actor, party.country, party.sector) if one)
    return (party.name or party.span.text) + (f" ({known})" if known else " (nobody known)")


def role_text(role: Role) -> str:
    """Return a role in one line."""
    period = f" {role.since or ''}–{role.until or ''}" if role.since or role.until else ""
    return ", ".join(one for one in (role.title, role.organization, role.country) if one) + period


def _mention_span(mention: str | None, reading: Reading | None) -> TextSpan | None:
    mentions = () if reading is None else reading.mentions
    return next((one.span for one in mentions if one.id == mention), None)
