"""Every exception of the package, with its message.

ReadoutError
├── UsageError               what was asked for cannot be done; the message says what to do instead
│   ├── NoSuchModel
│   ├── NoSuchRecord
│   ├── NoSuchStore
│   ├── BadActorsFile
│   └── BadTable
├── EvidenceError            a position or a record that cannot be true
│   ├── SpanOutsideText
│   └── BadRecord
├── UnreadableInput          one input that gives no article; becomes a `Skipped` row
└── StoreError
    ├── StoreLocked
    └── StoreOfAnotherVersion
"""


class ReadoutError(Exception):
    """Base class of all errors that Readout raises on purpose."""


class UsageError(ReadoutError):
    """What was asked for cannot be done."""


class NoSuchModel(UsageError):
    """A language model that is not installed, or lacks what the steps need."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"The language model {name!r} cannot be used: {why}")


class NoSuchRecord(UsageError):
    """An id that stands for no row of the record."""

    def __init__(self, record_id: str) -> None:
        super().__init__(
            f"Nothing in the record has the id {record_id!r}. "
            "Ids are listed by `readout statements`, `readout events`, `readout actors` and `readout stories`."
        )


class NoSuchStore(UsageError):
    """A record file that is not there, where one is only read."""

    def __init__(self, path: str) -> None:
        super().__init__(f"There is no record {path}. `readout read PATH... --record {path}` makes one.")


class BadActorsFile(UsageError):
    """A file of actors that does not have the expected form."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"The actors file {path} cannot be used: {why}")


class BadTable(UsageError):
    """A table of metadata or marked pairs that does not have the expected columns."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"The table {path} cannot be used: {why}")


class EvidenceError(ReadoutError):
    """A position or a record that cannot be true."""


class SpanOutsideText(EvidenceError):
    """Characters that the text does not have."""

    def __init__(self, start: int, stop: int, article_id: str, length: int) -> None:
        super().__init__(
            f"Characters {start}-{stop} of article {article_id} do not exist: the text has {length} characters."
        )


class BadRecord(EvidenceError):
    """Records that contradict themselves: two with one id, or a pointer to none."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what} cannot be put into the record: {why}. This is a fault of the step that made it.")


class UnreadableInput(ReadoutError):
    """One input that gives no article, with a plain reason; the run goes on without it."""

    def __init__(self, path: str, step: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.step = step
        self.reason = reason


class StoreError(ReadoutError):
    """The record file cannot be used."""


class StoreLocked(StoreError):
    """Another process is writing the record."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The record {path} is locked by another process. Wait for it to finish, or use another --record."
        )


class StoreOfAnotherVersion(StoreError):
    """The file is a record of a newer Readout, or no record at all."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} is not a record that this version of Readout can use: {why}")
