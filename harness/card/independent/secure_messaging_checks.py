"""Reading the text application through secure messaging, card-facts 6.5."""

from card import COMMON, JPKI, JUKI, TEXT, VISUAL, expect, extended, short
from keys import bare_key_object
from secure_messaging import Session, set_session_key
from text_checks import ATTRIBUTES, MY_NUMBER, PIN, SESSION_KEY

SEED = bytes.fromhex("A0228020") + bytes(32)
READ = extended(0x08, 0xB0, 0x00, 0x00, bytes.fromhex("9603000000"), le=0)


def open_session(card, given):
    card.select(TEXT)
    card.verify(PIN, given.text_pin)
    return Session(card, bare_key_object(card.read(SESSION_KEY)))


def reading(card, given):
    """The same bytes as without it, whole and in pieces; the counter goes on between."""
    session = open_session(card, given)
    for file in (MY_NUMBER, ATTRIBUTES):
        session.select_file(file)
        enciphered = session.read()
        plain = card.read(file)
        expect(enciphered == plain, f"EF {file:04X} differs from what it is without")
        expect(session.read(2, 5) == plain[2:7], f"a part of EF {file:04X} differs")
    session.verify(0x91, given.text_pin)
    return f"{session.counter} commands"


def refusals(card, given):
    """What opens no session, and what ends one."""
    card.select(TEXT)
    card.verify(PIN, given.text_pin)
    key = bare_key_object(card.read(SESSION_KEY))
    for header in ("A0228120", "A1228020"):
        command = set_session_key(key, bytes.fromhex(header) + bytes(32))
        card.refuse(command, f"a seed behind {header}", 0x6A80)
    oversized = key.public_numbers().n.to_bytes(256, "big")
    command = extended(0x80, 0xAE, 0x00, 0x00, oversized)
    card.refuse(command, "a value as large as the modulus", 0x6F00)
    card.power_cycle()
    card.select(TEXT)
    card.refuse(set_session_key(key, SEED), "without PIN", 0x6982)
    for aid, status in ((COMMON, 0x66F1), (VISUAL, 0x66F1), (JPKI, 0x6982), (JUKI, 0x6982)):
        card.select(aid)
        card.refuse(set_session_key(key, SEED), f"in {aid}", status)
    return "as measured"


def lifetime(card, given):
    """Outside a session; without a MAC key; after an error; after SELECT of an application."""
    select = bytes.fromhex("08A4020C13861101") + bytes(16)
    card.select(TEXT)
    card.refuse(select, "SELECT outside a session", 0x6882)
    card.refuse(READ, "READ BINARY outside a session", 0x69FC)
    session = open_session(card, given)
    session.select_file(MY_NUMBER)
    with_mac = bytes([0x0C]) + session.read_command(0, 4)[1:]
    card.refuse(with_mac, "CLA 0C", 0x6987)
    card.refuse(bytes.fromhex("08A4020C03860101"), "a cryptogram of nothing", 0x6988)
    card.refuse(READ, "READ BINARY in a dead session", 0x69FC)
    session = open_session(card, given)
    card.select(TEXT)
    card.refuse(session.read_command(0, 4), "after SELECT of an application", 0x69FC)
    return "ends with errors and with SELECT"


def counter(card, given):
    """Refused commands count; plain ones do not."""
    session = open_session(card, given)
    session.select_file(ATTRIBUTES)
    outside = session.read_command(0x7FFF, 1)
    card.refuse(outside, "an offset outside the file", 0x6B00)
    card.ask(short(0x00, 0x84, 0x00, 0x00, le=8), "GET CHALLENGE in between")
    expect(len(session.read(0, 3)) == 3, "the counter is another than expected")
    return f"{session.counter} commands, one refused"
