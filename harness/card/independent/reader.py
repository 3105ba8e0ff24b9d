"""A card in a PC/SC reader, by the plain calls of pyscard (PC/SC part 5; card-facts section 3).

The way a card is left matters: what it granted is lost without power and kept over a reset.
"""

from smartcard import scard

from apdu import Response


class ReaderError(Exception):
    """PC/SC refused a call."""


class Reader:
    """An exclusive connection with the card in the reader called `name`."""

    def __init__(self, name: str) -> None:
        (self._context,) = _checked(scard.SCardEstablishContext(scard.SCARD_SCOPE_USER))
        self._handle, _ = _checked(
            scard.SCardConnect(
                self._context, name, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1
            )
        )

    @property
    def atr(self) -> bytes:
        _name, _state, _protocol, atr = _checked(scard.SCardStatus(self._handle))
        return bytes(atr)

    def transmit(self, apdu: bytes) -> Response:
        (answer,) = _checked(scard.SCardTransmit(self._handle, scard.SCARD_PCI_T1, list(apdu)))
        return Response.of(bytes(answer))

    def power_cycle(self) -> None:
        """Takes the card's power away for a moment."""
        self._reconnect(scard.SCARD_UNPOWER_CARD)

    def reset(self) -> None:
        """Resets the card under power."""
        self._reconnect(scard.SCARD_RESET_CARD)

    def close(self) -> None:
        scard.SCardDisconnect(self._handle, scard.SCARD_UNPOWER_CARD)
        scard.SCardReleaseContext(self._context)

    def _reconnect(self, first: int) -> None:
        mode, protocol = scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1
        _checked(scard.SCardReconnect(self._handle, mode, protocol, first))


def _checked(answer: list) -> list:
    code, *values = answer
    if code != scard.SCARD_S_SUCCESS:
        raise ReaderError(scard.SCardGetErrorMessage(code))
    return values
