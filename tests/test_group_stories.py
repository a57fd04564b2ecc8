"""Articles into stories, and what a story holds."""

from typing import Any

import pytest

from group_readings import reading
from readout.group.happenings import Subject, average_linkage, cluster
from readout.group.stories import group, grown
from readout.records import ArticleRole, Reading
from test_group_copies import COUNCIL, FERRY

FERRY_AGAIN = (
    "Engineers in Marn were still looking at the ferry Skua on Monday, after two tugs freed her from the Lindal bar.\n"
    "The harbour master said that all 140 passengers had come ashore unhurt, and that the hull had a long crack.\n"
    "The accident was the third on the bar since the lighthouse was left without a keeper."
)
FERRY_TITLE = "Ferry Skua runs aground on Lindal bar"
CALL = {"type": "CONSULT", "mode": "phone", "sources": ["Varga = Ilse Varga"], "targets": ["Brandt = Tomas Brandt"]}


def ferry(text: str = FERRY, **fields: Any) -> Reading:
    """Return a report of the ferry's accident."""
    return reading({"text": text, "headline": FERRY_TITLE, "published": "2031-05-05", **fields})


def council(**fields: Any) -> Reading:
    """Return a report of the council's vote."""
    headline = "Ostrava Bay council votes to close tram line"
    return reading({"text": COUNCIL, "headline": headline, "published": "2031-05-05", **fields})


def call(day: int, **fields: Any) -> Reading:
    """Return a report of a telephone call on that day of May."""
    text = (
        f"Foreign minister Ilse Varga of Delvia spoke by telephone with Tomas Brandt of Norland on May {day}.\n"
        "The two ministers talked about the fishing grounds of the Lindal strait, their offices said.\n"
        "They agreed to speak again before the harvest."
    )
    when = {"text": f"May {day}", "value": f"2031-05-{day:02}"}
    title = "Varga and Brandt talk about Lindal strait"
    return reading({"text": text, "headline": title, "events": [CALL | {"trigger": "spoke", "when": when}], **fields})


def members(stories: list[Any]) -> list[set[str]]:
    return [{member.article for member in story.members} for story in stories]


def test_reports_of_one_happening_are_one_story() -> None:
    readings = [ferry(outlet="The Marn Echo"), ferry(FERRY_AGAIN, outlet="The Ostrava Post"), council()]
    assert members(group(readings)) == [{r.article.id for r in readings[:2]}, {readings[2].article.id}]


def test_two_articles_alone_can_be_judged() -> None:
    assert len(group([ferry(), ferry(FERRY_AGAIN)])) == 1
    assert len(group([ferry(), council()])) == 2


def test_articles_without_dates_compare_on_content() -> None:
    assert len(group([ferry(published=None), ferry(FERRY_AGAIN, published=None), council(published=None)])) == 2


def test_two_calls_of_the_same_ministers_a_week_apart_stay_two() -> None:
    assert len(group([call(5, published="2031-05-06"), call(12, published="2031-05-13")])) == 2


def test_two_calls_of_the_same_ministers_in_undated_articles_stay_two() -> None:
    texts = [call(5).article.text, call(12).article.text]
    assert texts[0] != texts[1]
    stories = group([call(5), call(12)])
    calls = [claim for story in stories for claim in story.claims if claim.kind == "event"]
    assert len(calls) == 2


def test_the_order_of_articles_does_not_matter() -> None:
    readings = [ferry(outlet="A"), ferry(FERRY_AGAIN, outlet="B"), council(outlet="C"), call(5, published="2031-05-06")]
    assert group(readings) == group(readings[::-1]) == group(readings + readings)


def test_no_articles_no_stories() -> None:
    assert group([]) == []
    assert cluster([]) == []


def test_an_article_without_words_is_a_story() -> None:
    assert len(group([reading({"text": "..."}), ferry()])) == 2


def test_the_story_with_most_articles_comes_first() -> None:
    readings = [council(), ferry(outlet="A"), ferry(FERRY_AGAIN, outlet="B")]
    assert [len(story.members) for story in group(readings)] == [2, 1]


def test_a_copy_has_its_role_and_its_origin() -> None:
    first = ferry(outlet="The Marn Echo", published="2031-05-04", events=[CALL_IN_FERRY])
    second = ferry(outlet="The Ostrava Post", published="2031-05-05", events=[CALL_IN_FERRY])
    story = group([first, second])[0]
    assert [member.role for member in story.members] == [ArticleRole.ORIGINAL, ArticleRole.COPY]
    assert [origin.name for origin in story.claims[0].origins] == ["The Marn Echo"]
    assert story.claims[0].outlets == 2


CALL_IN_FERRY = {"type": "AID", "trigger": "pulled", "sources": ["Norland"], "targets": ["Delvia"]}


def test_a_lifted_sentence_brings_its_origin_along() -> None:
    lifted = "Two tugs from Marn pulled her free at high water, the harbour master said."
    again = f"{FERRY_AGAIN}\n{lifted}"
    first = ferry(outlet="The Marn Echo", published="2031-05-04", events=[CALL_IN_FERRY])
    second = ferry(again, outlet="The Ostrava Post", published="2031-05-05", events=[CALL_IN_FERRY])
    claim = group([first, second])[0].claims[0]
    assert (claim.outlets, [origin.name for origin in claim.origins]) == (2, ["The Marn Echo"])


def test_a_shared_quotation_is_told_by_each_outlet() -> None:
    quote = "No ship and no cargo is worth a single life on the Lindal bar, whatever the owners may say,"
    said = {"source": "Varga = Ilse Varga", "content": quote}
    first = ferry(f'{FERRY}\n"{quote}" Varga said.', outlet="The Marn Echo", statements=[said])
    second = ferry(f'{FERRY_AGAIN}\n"{quote}" Varga told us.', outlet="The Ostrava Post", statements=[said])
    claim = group([first, second])[0].claims[0]
    assert sorted(origin.name for origin in claim.origins) == ["The Marn Echo", "The Ostrava Post"]


def test_two_own_reports_are_independent() -> None:
    story = group([ferry(outlet="The Marn Echo"), ferry(FERRY_AGAIN, outlet="The Ostrava Post")])[0]
    assert {member.role for member in story.members} == {ArticleRole.INDEPENDENT}


def test_a_copy_a_few_days_later_joins_its_story() -> None:
    assert len(group([ferry(outlet="A", published="2031-05-05"), ferry(outlet="B", published="2031-05-09")])) == 1


def test_title_is_the_first_headline_else_the_lead() -> None:
    assert group([ferry()])[0].title == FERRY_TITLE
    assert group([ferry(headline=None)])[0].title.startswith("The ferry Skua ran aground on the Lindal bar")


def test_first_reported_is_the_earliest_publication() -> None:
    story = group([ferry(published="2031-05-05"), ferry(FERRY_AGAIN, published="2031-05-06")])[0]
    assert story.first_reported == "2031-05-05"


def test_timeline_and_time_of_the_story_come_from_its_events() -> None:
    story = group([call(5, published="2031-05-06")])[0]
    assert story.when is not None
    assert story.when.value == "2031-05-05"
    assert [moment.when for moment in story.timeline] == ["2031-05-05"]


def test_only_in_lists_what_one_article_has() -> None:
    quote = "No ship is worth a life on the Lindal bar,"
    said = {"source": "Varga = Ilse Varga", "content": quote}
    first = ferry(f'{FERRY}\n"{quote}" Varga said.', statements=[said])
    second = ferry(FERRY_AGAIN)
    story = group([first, second])[0]
    assert story.only_in == {first.article.id: (story.claims[0].id,), second.article.id: ()}


def test_what_stays_open_is_listed_with_its_reason() -> None:
    quote = "No ship is worth a life on the Lindal bar,"
    text = f'{FERRY}\n"{quote}" it was said on Sunday.'
    one = ferry(text, statements=[{"content": quote, "when": {"text": "Sunday"}}])
    found = {(entry.field, entry.reason) for entry in group([one])[0].unresolved}
    assert ("source", "nobody is named") in found


def test_a_late_article_joins_its_story_and_leaves_others_alone() -> None:
    before = [ferry(outlet="A"), council(outlet="B"), call(25, published="2031-05-26")]
    stories = group(before)
    late = ferry(FERRY_AGAIN, outlet="C", published="2031-05-06")
    after = grown(stories, [*before, late])
    assert {before[0].article.id, late.article.id} in members(after)
    assert sorted(map(len, members(after))) == [1, 1, 2]
    assert next(s for s in stories if s.first_reported == "2031-05-26") in after


def test_late_articles_make_the_stories_that_a_full_run_makes() -> None:
    readings = [
        ferry(outlet="A"),
        council(outlet="B"),
        ferry(FERRY_AGAIN, outlet="C"),
        call(25, published="2031-05-26"),
    ]
    stories = group(readings[:1])
    for n in range(1, len(readings)):
        stories = grown(stories, readings[: n + 1])
    assert members(stories) == members(group(readings))


@pytest.mark.parametrize(
    ("likeness", "expected"),
    [
        ({(0, 1): 0.9, (1, 2): 0.9}, [[0, 1], [2]]),  # 2 is like 1, not like 0: no chain
        ({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.6}, [[0, 1, 2]]),
        ({(0, 1): 0.4}, [[0], [1], [2]]),
    ],
)
def test_groups_are_joined_on_average(likeness: dict[tuple[int, int], float], expected: list[list[int]]) -> None:
    assert average_linkage(likeness, [None] * 3, link=0.5) == expected


def test_days_that_were_not_compared_part_less_than_days_that_were() -> None:
    likeness = {(0, 1): 0.9, (1, 2): 0.8}  # 0 and 2 are two days apart: nobody compared them
    assert average_linkage(likeness, [1, 2, 3], link=0.5) == [[0, 1, 2]]
    assert average_linkage(likeness, [1, 2, 2], link=0.5) == [[0, 1], [2]]


FLOOD = {
    "Storm Agda floods Port Lindal": (
        "Storm Agda tore roofs from houses in Port Lindal on Monday and broke the sea wall in two places. "
        "Water stood to the window sills along the quay, and thirty boats sank at their moorings."
    ),
    "Thirty boats sink as Agda hits the coast": (
        "Waves rolled over the broken sea wall of Port Lindal on Monday when Agda came ashore. Thirty boats "
        "went down in the harbour, roofs flew, and firemen rowed along the quay."
    ),
    "Port Lindal under water": (
        "The quay of Port Lindal is a river: storm Agda breached the sea wall on Monday, sank boats in the "
        "harbour and carried off the roofs of a school and a dozen houses."
    ),
}
RESIGNATION = {
    "Mayor resigns over dyke bills": (
        "Oda Brun resigned as mayor of Port Lindal on Tuesday after auditors found that the town had not "
        "paid its dyke bills for six years. The storm only showed what she had hidden, they said."
    ),
    "Auditors bring down Oda Brun": (
        "Unpaid dyke bills have cost Oda Brun her office. The mayor of Port Lindal stepped down on Tuesday, "
        "hours after the auditors had sent their report to the council."
    ),
    "Brun quits; council names deputy": (
        "The council named a deputy on Tuesday when mayor Oda Brun quit over a report by auditors, who say "
        "the dyke bills of Port Lindal were left in a drawer."
    ),
}


def test_the_next_days_development_stays_apart() -> None:
    reports = [(day, *report) for day, reports in ((5, FLOOD), (6, RESIGNATION)) for report in reports.items()]
    subjects = [Subject(title, title, text, f"2031-05-0{day}") for day, title, text in reports]
    assert cluster(subjects) == [[0, 1, 2], [3, 4, 5]]
