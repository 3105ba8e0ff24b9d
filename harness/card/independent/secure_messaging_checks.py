"""Secure messaging as a terminal uses it, and where it ends (card-facts section 6.5)."""

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from card import NOT_FOUND, OK, SECURITY, Card
from checks import check
from expect import expect, same, status
from given import Given
from names import COMMON, JPKI, JUKI, TEXT, VISUAL, Common, Jpki, Text, Visual
from opened import open_text, session_key
from secure_messaging import SEED, Session, set_session_key

NO_SESSION, NOT_SUPPORTED = 0x69FC, 0x6882
NO_MAC_KEY, BAD_OBJECT = 0x6987, 0x6988


@check("secure messaging: the session's public key")
def public_key(card: Card, given: Given) -> None:
    open_text(card, given)
    expect(len(card.content(Text.SESSION_KEY)) == 269, "the session key has 269 bytes")
    session_key(card)


@check("secure messaging: reading")
def reading(card: Card, given: Given) -> None:
    open_text(card, given)
    files = (Text.NUMBER, Text.ATTRIBUTES, Text.INTEGRITY, Text.CV_CERTIFICATE, Text.SIGNED_KEY)
    plain = {file: card.content(file) for file in files}
    session = Session(card, session_key(card))
    for file, content in plain.items():
        status(session.select(file), OK, f"secure SELECT {file:04X}")
        whole = status(session.read(0), OK, f"secure READ BINARY of {file:04X}").data
        expect(whole == content, "a file is the same in secret")
        expect(session.read(3, 5).data == content[3:8], "a part of it too")
        expect(session.read(7).data == content[7:], "and the rest of it")


@check("secure messaging: VERIFY")
def verify(card: Card, given: Given) -> None:
    open_text(card, given)
    session = Session(card, session_key(card))
    status(session.verify(Text.PIN, given.pins["text"]), OK, "secure VERIFY of the PIN")
    status(session.verify(Text.CODE_B, given.code_b), OK, "secure VERIFY of 照合番号B")


@check("secure messaging: the counter")
def counter(card: Card, given: Given) -> None:
    open_text(card, given)
    session = Session(card, session_key(card))
    same(session.select(0x7777).sw, NOT_FOUND, "secure SELECT of an unknown file")
    status(session.select(Text.NUMBER), OK, "the command after a refused one")
    plain = card.content(Text.ATTRIBUTES)
    status(session.select(Text.ATTRIBUTES), OK, "the command after plain ones")
    expect(session.read(0).data == plain, "plain commands do not count")
    session.counter -= 1
    expect(session.select(Text.NUMBER).sw != OK, "a number is not used twice")


@check("secure messaging: what has to be presented")
def conditions(card: Card, given: Given) -> None:
    open_text(card, given)
    key = session_key(card)
    card.reader.power_cycle()
    card.select_application(TEXT)
    same(_set(card, key), SECURITY, "SET SESSION KEY before anything")
    card.present(Text.CODE_A, given.code_a)
    same(_set(card, key), SECURITY, "SET SESSION KEY after 照合番号A")
    card.present(Text.PIN, given.pins["text"])
    for content in (b"\xa0\x22\x81\x20" + bytes(32), SEED[:3] + b"\x10" + bytes(16), b""):
        same(set_session_key(card, key, content).sw, 0x6A80, "SET SESSION KEY of another content")
    modulus = key.public_numbers().n.to_bytes(256, "big")
    too_large = card.send(0x80, 0xAE, 0x00, 0x00, modulus, extended=True)
    same(too_large.sw, 0x6F00, "SET SESSION KEY of the modulus")
    same(_set(card, key), OK, "SET SESSION KEY after all that")


@check("secure messaging: other applications")
def other_applications(card: Card, given: Given) -> None:
    open_text(card, given)
    key = session_key(card)
    presented = {
        JPKI: (Jpki.AUTH_PIN, given.pins["auth"], SECURITY),
        JUKI: (Common.PIN, given.pins["juki"], SECURITY),
        VISUAL: (Visual.CODE_A, given.code_a, 0x66F1),
    }
    for application, (file, secret, answer) in presented.items():
        card.select_application(application)
        card.present(file, secret)
        same(_set(card, key), answer, f"SET SESSION KEY in {application[-1]:02X}")
    card.select_application(COMMON)
    same(_set(card, key), 0x66F1, "SET SESSION KEY in the common application")


@check("secure messaging: refusals")
def refusals(card: Card, given: Given) -> None:
    open_text(card, given)
    _without_session(card)
    session = Session(card, session_key(card))
    status(session.select(Text.NUMBER), OK, "secure SELECT")
    no_mac = card.send(0x0C, 0xB0, 0x00, 0x00, bytes.fromhex("9603000000"), le=0x10000)
    same(no_mac.sw, NO_MAC_KEY, "a command with a MAC")


@check("secure messaging: the end of a session")
def end(card: Card, given: Given) -> None:
    open_text(card, given)
    key = session_key(card)
    whole = bytes.fromhex("861101") + bytes(16)
    malformed = (whole.replace(b"\x01", b"\x02", 1), bytes.fromhex("860F01") + bytes(14), b"\x86")
    for data in malformed:
        session = Session(card, key)
        same(session.send(0xA4, 0x02, 0x0C, data).sw, BAD_OBJECT, "a malformed command")
        same(session.read(0).sw, NO_SESSION, "a command after that")
    session = Session(card, key)
    card.select_application(TEXT)
    same(session.read(0).sw, NO_SESSION, "a command after its application was selected again")


def _without_session(card: Card) -> None:
    for cla in (0x08, 0x0C):
        select = card.send(cla, 0xA4, 0x02, 0x0C, bytes.fromhex("861101") + bytes(16))
        same(select.sw, NOT_SUPPORTED, "secure SELECT without a session")
        read = card.send(cla, 0xB0, 0x00, 0x00, bytes.fromhex("9603000000"), le=0x10000)
        same(read.sw, NO_SESSION, "secure READ BINARY without a session")
        code = card.send(cla, 0x20, 0x00, 0x80 | Text.PIN, bytes.fromhex("861101") + bytes(16))
        same(code.sw, NO_SESSION, "secure VERIFY without a session")


def _set(card: Card, key: RSAPublicKey) -> int:
    return set_session_key(card, key, SEED + bytes(32)).sw

