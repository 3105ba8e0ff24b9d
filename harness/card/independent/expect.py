"""What a check demands. A demand that is not met is told without values, which may be secret."""

from collections.abc import Callable

from apdu import Response


class Refuted(Exception):
    """The card, or what was read from it, is not as card-facts says."""


def expect(met: bool, demand: str) -> None:
    """`demand` says what should have been so."""
    if not met:
        raise Refuted(f"not so: {demand}")


def status(response: Response, wanted: int, what: str) -> Response:
    if response.sw != wanted:
        raise Refuted(f"{what} answered {response.sw:04X} instead of {wanted:04X}")
    return response


def same(got: int, wanted: int, what: str) -> None:
    """For status words, which are no secrets."""
    if got != wanted:
        raise Refuted(f"{what} answered {got:04X} instead of {wanted:04X}")


def refused(what: str, verification: Callable[..., object], *arguments: object) -> None:
    """`verification` has to end in `Refuted`; any other end is a verification that cannot tell."""
    try:
        verification(*arguments)
    except Refuted:
        return
    raise Refuted(f"nobody noticed {what}")
