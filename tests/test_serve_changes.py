"""What the brief shows of the words that a report changed."""

from readout.serve.changes import CHANGES_SHOWN, change_segments

LONG = "which the harbour master had promised to the islanders in the spring"


def shown(*changes: tuple[str, str]) -> str:
    return "".join(segment.text for segment in change_segments("B", changes))


def test_a_few_changes_are_shown_in_full() -> None:
    assert shown(("stay", "remain"), ("deeply", "")) == "B has “remain” for “stay”, leaves out “deeply”"


def test_replaced_content_comes_before_small_words() -> None:
    assert shown(("", "the"), ("to", "of"), ("calm", "quiet")).startswith("B has “quiet” for “calm”")


def test_a_long_omission_is_counted() -> None:
    assert shown(("stay", "remain"), (LONG, ""), ("", LONG)) == (
        "B has “remain” for “stay”, leaves out 12 words and adds 12 words"
    )


def test_an_opening_cut_down_to_a_function_word_is_an_omission() -> None:
    assert shown((LONG, "And")) == "B leaves out 12 words"


def test_of_a_long_replacement_the_ends_are_shown() -> None:
    assert shown((LONG, "tomorrow")) == "B has “tomorrow” for “which the harbour master … islanders in the spring”"


def test_further_changes_are_counted() -> None:
    changes = [(f"harbour{n}", f"port{n}") for n in range(CHANGES_SHOWN + 2)]
    assert shown(*changes).endswith(", 2 further changes")


def test_very_many_changes_say_no_more_than_that_the_words_are_others() -> None:
    assert shown(*((f"harbour{n}", f"port{n}") for n in range(20))) == "B has it in other words"
