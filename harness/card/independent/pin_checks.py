"""PINs and codes: their counters and encodings (card-facts section 3). What is spent is given back
by a success; no counter gets below its full number less one."""

from card import OK, SECURITY, Card
from checks import check
from expect import expect, same, status
from given import Given
from names import COMMON, JPKI, JUKI, TEXT, VISUAL, Common, Jpki, Text, Visual

NO_TRIES = 0x63C0
BLOCKED = 0x6984
TRIES = {
    JPKI: {Jpki.AUTH_PIN: 0x63C3, Jpki.SIGN_PIN: 0x63C5},
    TEXT: {Text.PIN: 0x63C3, Text.CODE_A: 0x63CA, Text.CODE_B: 0x63CA},
    VISUAL: {Visual.CODE_A: 0x63CA, Visual.CODE_B: 0x63CA},
    JUKI: {Common.PIN: 0x63C3},
    COMMON: {Common.PIN: 0x63C3},
}


@check("pins: tries left")
def tries_left(card: Card, given: Given) -> None:
    for application, counters in TRIES.items():
        card.select_application(application)
        for file, full in counters.items():
            same(card.tries(file), full, f"the empty VERIFY of {application[-1]:02X} {file:04X}")
            # As a reader with T=0 sends it (section 1.2).
            same(card.send(0x00, 0x20, 0x00, 0x80, le=256).sw, full, "the same with a fifth byte")


@check("pins: tries left after a success")
def tries_after_success(card: Card, given: Given) -> None:
    card.select_application(JPKI)
    card.present(Jpki.AUTH_PIN, given.pins["auth"])
    same(card.tries(Jpki.AUTH_PIN), 0x63C3, "the empty VERIFY after a success")


@check("pins: a wrong one costs one try")
def wrong_pin(card: Card, given: Given) -> None:
    card.select_application(TEXT)
    wrong = _another(given.pins["text"])
    same(card.verify(Text.PIN, wrong).sw, 0x63C2, "a wrong PIN")
    same(card.tries(Text.PIN), 0x63C2, "the empty VERIFY after a wrong PIN")
    same(card.access(Text.NUMBER), SECURITY, "個人番号 after a wrong PIN")
    card.present(Text.PIN, given.pins["text"])
    same(card.tries(Text.PIN), 0x63C3, "the empty VERIFY after the right PIN")
    card.select_application(VISUAL)
    same(card.verify(Visual.CODE_B, _another(given.code_b)).sw, 0x63C9, "a wrong 照合番号B")
    card.present(Visual.CODE_B, given.code_b)


@check("pins: the key that ships blocked")
def blocked_key(card: Card, given: Given) -> None:
    card.select_application(TEXT)
    same(card.tries(Text.BLOCKED), NO_TRIES, "the empty VERIFY of a blocked key")
    same(card.verify(Text.BLOCKED, "0000").sw, BLOCKED, "VERIFY of a blocked key")


@check("pins: until one is blocked", group="spending")
def until_blocked(card: Card, given: Given) -> None:
    card.select_application(TEXT)
    right, wrong = given.pins["text"], _another(given.pins["text"])
    card.present(Text.PIN, right)
    for answer in (0x63C2, 0x63C1, NO_TRIES, BLOCKED):
        same(card.verify(Text.PIN, wrong).sw, answer, "a wrong PIN")
    same(card.verify(Text.PIN, right).sw, BLOCKED, "the right PIN when it is blocked")
    same(card.tries(Text.PIN), NO_TRIES, "the empty VERIFY of a blocked PIN")
    card.reader.power_cycle()
    card.select_application(TEXT)
    same(card.verify(Text.PIN, right).sw, BLOCKED, "the right PIN after the power was away")
    card.present(Text.CODE_A, given.code_a)
    same(card.access(Text.NUMBER), OK, "個人番号 by 照合番号A")


@check("pins: short names and extended lengths")
def encodings(card: Card, given: Given) -> None:
    pin = given.pins["auth"].encode("ascii")
    card.select_application(JPKI)
    status(card.send(0x00, 0x20, 0x00, 0x80 | Jpki.AUTH_PIN, pin), OK, "VERIFY by short name")
    card.select(Jpki.AUTH_PIN)
    status(card.send(0x00, 0x20, 0x00, 0x80, pin, extended=True), OK, "VERIFY by extended Lc")
    name = Jpki.AUTH_KEY.to_bytes(2, "big")
    status(card.send(0x00, 0xA4, 0x02, 0x0C, name, extended=True), OK, "SELECT by extended Lc")
    signed = card.send(0x80, 0x2A, 0x03, 0x80, pin, le=0x10000, extended=True)
    expect(len(status(signed, OK, "a signature by extended Le").data) == 256, "it has 256 bytes")


@check("pins: change")
def change(card: Card, given: Given) -> None:
    card.select_application(TEXT)
    _change_there_and_back(card, (0x00, 0x24, 0x01, 0x80), Text.PIN, given.pins["text"])
    card.select_application(JUKI)
    _change_there_and_back(card, (0x80, 0x32, 0x00, 0x80), Common.PIN, given.pins["juki"])


def _change_there_and_back(card: Card, header: tuple, file: int, pin: str) -> None:
    card.select(file)
    other = _another(pin)
    refused = card.send(*header, other.encode("ascii"))
    same(refused.sw, SECURITY, "a change without the old PIN")
    for before, after in ((pin, other), (other, pin)):
        card.present(file, before)
        status(card.send(*header, after.encode("ascii")), OK, "a change")
    card.present(file, pin)


def _another(pin: str) -> str:
    """A PIN of the same shape, with another last digit."""
    return pin[:-1] + str((int(pin[-1]) + 1) % 10)
