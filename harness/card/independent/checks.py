"""How checks are named and run. A check is a function that ends in silence, or with a detail worth
telling; what it finds wrong it raises. Each starts with a card that has just been given power."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from traceback import extract_tb

from card import Card
from expect import Refuted
from given import Given
from reader import ReaderError

CheckFunction = Callable[[Card, Given], str | None]


@dataclass(frozen=True)
class Check:
    name: str
    function: CheckFunction
    group: str


_checks: list[Check] = []


@dataclass(frozen=True)
class Result:
    check: str
    ok: bool
    detail: str

    def line(self) -> str:
        return json.dumps(self.__dict__, ensure_ascii=False)


def check(name: str, group: str = "agreement") -> Callable[[CheckFunction], CheckFunction]:
    """Registers a check, in the order in which modules are imported.

    Groups are run one at a time: "agreement" with the facts; "tampering" with what a sound card
    said; "spending", after which the card has lost a PIN.
    """

    def register(function: CheckFunction) -> CheckFunction:
        _checks.append(Check(name, function, group))
        return function

    return register


def run_checks(card: Card, given: Given) -> Iterator[Result]:
    for one in _checks:
        if one.group == given.group:
            card.reader.power_cycle()
            yield _run(one, card, given)


def _run(one: Check, card: Card, given: Given) -> Result:
    try:
        return Result(one.name, True, one.function(card, given) or "")
    except (Refuted, ReaderError) as error:
        return Result(one.name, False, str(error))
    except Exception as error:  # an error of the client; its text may hold what was read
        return Result(one.name, False, f"{type(error).__name__} {_place(error)}")


def _place(error: Exception) -> str:
    return " < ".join(f"{at.name}:{at.lineno}" for at in reversed(extract_tb(error.__traceback__)))
