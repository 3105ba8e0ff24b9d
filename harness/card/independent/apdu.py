"""Command and response APDUs as bytes (ISO/IEC 7816-4 clause 5; card-facts sections 4 and 4.3)."""

from dataclasses import dataclass

SHORT_MOST = 256
EXTENDED_MOST = 65536


@dataclass(frozen=True)
class Response:
    """What a card answered: its data and its status word."""

    data: bytes
    sw: int

    @staticmethod
    def of(answer: bytes) -> "Response":
        return Response(answer[:-2], int.from_bytes(answer[-2:], "big"))


def command(
    cla: int,
    ins: int,
    p1: int,
    p2: int,
    data: bytes = b"",
    le: int | None = None,
    extended: bool = False,
) -> bytes:
    """One command APDU; `le` is the number of bytes wanted, and None asks for none.

    Extended length is used where it is asked for and where nothing else can hold the numbers.
    """
    header = bytes([cla, ins, p1, p2])
    if extended or len(data) > 255 or (le or 0) > SHORT_MOST:
        return header + _extended(data, le)
    lc = bytes([len(data)]) + data if data else b""
    return header + lc + (b"" if le is None else bytes([le % SHORT_MOST]))


def _extended(data: bytes, le: int | None) -> bytes:
    lc = len(data).to_bytes(2, "big") + data if data else b""
    wanted = b"" if le is None else (le % EXTENDED_MOST).to_bytes(2, "big")
    return b"\x00" + lc + wanted if lc or wanted else b""
