"""Every regular expression of the stage answers quickly on long, repetitive text."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import readout.collect
from readout.collect.credits import agency_pattern, credit_rules
from readout.collect.rules import residue_rules

SIZE = 100_000
SECONDS = 1.0  # 0.05 on a quiet machine
SEEDS = (
    *'aA1 \n.,-()/"“—:=<@_[',
    *(
        "a ",
        "Aa ",
        "A. ",
        "a. A",
        "aa, ",
        "1 ",
        "1:",
        "1, ",
        "a@",
        "a:A",
        "\u00e2\u20ac",
        "<a ",
        "<!DOCTYPE a[",
        "<meta ",
    ),
    *("Ann Lee, ", "Ann Lee and ", "By Ann Lee, ", "by ", "reporting by ", "Ann Lee is a writer ", "follow ann on "),
    *("12:30 ", "Mon, ", "January 1, ", "1 January ", "Updated at ", "KYIV, ", "KYIV/LVIV, ", "KYIV (AP) ", "(AP "),
    *(
        "(Photo: ",
        "/Getty ",
        "image ",
        "sign up ",
        "subscribe to ",
        "get the ",
        "read more ",
        "click here ",
        "share on ",
    ),
    *("share ", "all rights ", "more from ", "http://", "Related A", "charset="),
)


def compiled() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every pattern that a module of the stage holds, and those of its YAML rules."""
    for module in pkgutil.iter_modules(readout.collect.__path__):
        names = vars(importlib.import_module(f"readout.collect.{module.name}"))
        yield from ((f"{module.name}.{name}", value) for name, value in names.items() if isinstance(value, re.Pattern))
    for rule in (*residue_rules(), *credit_rules()):
        for part in (rule.starts, rule.ends):
            if part is not None:
                yield rule.id, part
    yield "credits.agency_pattern", agency_pattern()


PATTERNS = list(compiled())


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[f"{i}-{name}" for i, (name, _) in enumerate(PATTERNS)])
def test_no_pattern_takes_long_on_adversarial_text(name: str, pattern: re.Pattern[str] | re.Pattern[bytes]) -> None:
    slow = []
    for seed in SEEDS:
        text = (seed * (SIZE // len(seed) + 1))[:SIZE]
        seconds = duration(pattern, text)
        if seconds > SECONDS:
            slow.append((seed, seconds))
    assert not slow, name


def duration(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    data = text.encode() if isinstance(pattern.pattern, bytes) else text
    start = time.process_time()
    pattern.match(data)  # type: ignore[arg-type]
    pattern.search(data)  # type: ignore[arg-type]
    return time.process_time() - start
