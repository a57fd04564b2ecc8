"""The names that `import readout` offers are those that it lists."""

import readout


def test_every_listed_name_is_there() -> None:
    for name in readout.__all__:
        assert getattr(readout, name) is not None


def test_other_names_are_refused() -> None:
    try:
        readout.no_such_name  # noqa: B018
    except AttributeError as error:
        assert "no_such_name" in str(error)
    else:
        raise AssertionError("an unknown name was found")
