"""Publication dates as files and pages write them."""

from datetime import UTC, date, datetime

import pytest

from readout.collect.dates import iso_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-01-27", "2022-01-27"),
        (" 2022-1-7 ", "2022-01-07"),
        ("2022-01-27T10:05:00Z", "2022-01-27T10:05:00Z"),
        ("2022-01-27T10:05:00.443Z", "2022-01-27T10:05:00Z"),
        ("2022-01-27 10:05", "2022-01-27T10:05:00"),
        ("2022-01-27T10:05:00+0100", "2022-01-27T10:05:00+01:00"),
        ("2022-01-27T00:00:00", "2022-01-27"),
        ("2022-01-27 00:00:00 UTC", "2022-01-27T00:00:00Z"),
        ("20220127", "2022-01-27"),
        ("2022/01/27", "2022-01-27"),
        ("27.01.2022", "2022-01-27"),
        ("27/01/2022", "2022-01-27"),
        ("01/27/2022", "2022-01-27"),
        ("January 27, 2022", "2022-01-27"),
        ("Thursday, Jan. 27, 2022", "2022-01-27"),
        ("27 January 2022", "2022-01-27"),
        ("February 29th, 2024", "2024-02-29"),
        ("Thu, 27 Jan 2022 10:05:00 GMT", "2022-01-27T10:05:00+00:00"),
        (1643278000, "2022-01-27T10:06:40+00:00"),
        (1643278000000, "2022-01-27T10:06:40+00:00"),
        (date(2022, 1, 27), "2022-01-27"),
        (datetime(2022, 1, 27, 10, 5, tzinfo=UTC), "2022-01-27T10:05:00+00:00"),
    ],
)
def test_a_full_date_is_read(value: object, expected: str) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "2022",
        "2022-01",
        "2022-13-01",
        "2022-02-30",
        "02/03/2022",
        "Smarch 3, 2022",
        "0",
        True,
        12,
        "1" * 5000,
    ],
)
def test_what_is_no_full_unambiguous_date_is_refused(value: object) -> None:
    assert iso_date(value) is None
