"""What the card does whatever is selected (card-facts sections 1.2, 2.6, 2.7, 4 and 6.3)."""

from functools import reduce
from operator import xor
from os import urandom

from card import NOT_FOUND, OK, SECURITY, Card
from checks import check
from cv_certificate import (
    key_number,
    read_bare_cv_certificate,
    read_cv_certificate,
    verify_cv_certificate,
)
from dates import is_date
from expect import expect, same, status
from given import Given
from names import CARD_MANAGER, COMMON, JPKI, Common, Jpki
from tlv import read_all, read_tlv

IIN, CIN, RECOGNITION, MUNICIPALITY, EXPIRY = 0x0042, 0x0045, 0x0066, 0x00F0, 0x00F2
INTERMEDIATE_ID, CERTIFICATE, LOWER_CERTIFICATE, ATR = 0x00F7, 0x00F8, 0x7F21, 0x5F51
# As readers make it up for cards of ISO/IEC 14443 (PC/SC part 3).
CONTACTLESS = bytes.fromhex("3B888001")
WRONG_LENGTH, WRONG_P1P2 = 0x6700, 0x6A86


@check("base: challenge")
def challenge(card: Card, given: Given) -> None:
    for select in (lambda: None, lambda: card.select_application(JPKI)):
        select()
        for size in (1, 16, 256):
            drawn = status(_challenge(card, size), OK, "GET CHALLENGE").data
            expect(len(drawn) == size, "a challenge has the length asked for")
        expect(_challenge(card, 16).data != _challenge(card, 16).data, "a challenge is drawn anew")
    for p1, p2 in ((0x00, 0x01), (0x01, 0x00)):
        expect(card.send(0x00, 0x84, p1, p2, le=16).sw != OK, "other parameters are refused")
    extended = card.send(0x00, 0x84, 0x00, 0x00, le=256, extended=True)
    expect(len(status(extended, OK, "GET CHALLENGE").data) == 256, "by extended Le too")
    same(_challenge(card, 257).sw, 0x6985, "a challenge of 257 bytes")


def _challenge(card: Card, size: int):
    return card.send(0x00, 0x84, 0x00, 0x00, le=size)


@check("base: selection")
def selection(card: Card, given: Given) -> None:
    same(card.send(0x00, 0xA4, 0x00, 0x00).sw, WRONG_P1P2, "SELECT of the MF after power-on")
    for file in (0x3F00, 0x2F10, 0x2F11):
        same(_select(card, file), NOT_FOUND, f"SELECT {file:04X}")
    unknown = bytes.fromhex("D3920000000000000000")
    same(card.send(0x00, 0xA4, 0x04, 0x0C, unknown).sw, NOT_FOUND, "SELECT of an unknown name")
    same(card.send(0x00, 0xA4, 0x07, 0x0C, JPKI).sw, WRONG_P1P2, "SELECT by an unknown P1")
    fci = card.send(0x00, 0xA4, 0x04, 0x00, JPKI, le=256)
    (name, *_) = read_all(read_tlv(status(fci, OK, "SELECT with an answer").data).value)
    expect((name.tag, name.value) == (0x84, JPKI), "the answer names the application")
    card.select_application(JPKI[:4])  # a part of the name will do
    same(_select(card, Jpki.TOKEN), OK, "a file after a partial name")
    card.select_application(JPKI)
    same(card.read(0).sw, 0x6986, "a read without a current file")
    same(card.send(0x00, 0x20, 0x00, 0x80).sw, 0x6986, "a VERIFY without a current file")
    same(_select(card, 0x7777), NOT_FOUND, "SELECT of an unknown file")
    same(card.send(0x00, 0xA4, 0x00, 0x00).sw, OK, "SELECT of the MF inside an application")
    same(_select(card, Jpki.TOKEN), OK, "a file after that")


def _select(card: Card, file: int) -> int:
    return card.send(0x00, 0xA4, 0x02, 0x0C, file.to_bytes(2, "big")).sw


@check("base: unknown commands")
def unknown_commands(card: Card, given: Given) -> None:
    card.select_application(JPKI)
    same(card.send(0x00, 0xF9, 0x00, 0x00).sw, 0x6D00, "an unknown instruction")
    same(card.send(0xF0, 0xB0, 0x00, 0x00, le=16).sw, 0x6E00, "an unknown class")
    same(card.send(0x01, 0x84, 0x00, 0x00, le=16).sw, 0x6881, "another logical channel")
    same(card.send(0x80, 0xFC, 0x00, 0x00).sw, WRONG_LENGTH, "the iPhone's end mark")


@check("base: data objects")
def data_objects(card: Card, given: Given) -> None:
    expect(len(key_number(_object(card, IIN))) == 11, "the IIN is a key reference")
    expect(_object(card, CIN).isascii(), "the CIN is ASCII")
    expect(_object(card, RECOGNITION) != b"", "there is card recognition data")
    municipality, expiry = _object(card, MUNICIPALITY), _object(card, EXPIRY)
    expect(is_date(expiry.decode("ascii", "replace")), "the expiry is a date")
    same(card.data_object(0x0099).sw, 0x6A88, "an absent object")
    same(card.send(0x00, 0xCA, 0x00, 0xF8, le=256).sw, WRONG_LENGTH, "a large one by short Le")
    card.select_application(COMMON)
    record = card.record(Common.RECORD, 1)
    expect(record[17:] == municipality + expiry, "they are what the card's record says")
    card.select_application(CARD_MANAGER)
    expect(_object(card, EXPIRY) == expiry, "selecting the card manager leads back")


@check("base: certificate chain")
def chain(card: Card, given: Given) -> None:
    """F8 is the CV certificate that the master CA signed, and 7F21 the one below it."""
    upper = read_bare_cv_certificate(_object(card, CERTIFICATE))
    verify_cv_certificate(upper, given.anchors["master"])
    expect(key_number(upper.issuer)[1:] == "000020/001", "the master CA is the card's")
    expect(upper.subject == _object(card, INTERMEDIATE_ID), "F7 names the key that F8 certifies")
    lower = card.data_object(LOWER_CERTIFICATE)
    if lower.sw != OK:
        same(lower.sw, 0x6A88, "the lower certificate, which some cards lack")
        return
    verify_cv_certificate(read_cv_certificate(lower.data), upper.as_anchor())


@check("base: answer to reset")
def answer_to_reset(card: Card, given: Given) -> str:
    atr = card.reader.atr
    of_contacts = b"\x3b" + _atr_object(card)
    expect(len(of_contacts) >= 9, "5F51 is the answer to reset of the contacts without its TS")
    if atr.startswith(CONTACTLESS):
        expect(len(atr) == 13 and reduce(xor, atr[1:]) == 0, "eight historical bytes, then TCK")
    else:
        expect(atr == of_contacts, "the card answers reset as its object 5F51 says")
    return atr.hex(" ").upper()


def _atr_object(card: Card) -> bytes:
    response = card.data_object(ATR)
    if response.sw == OK:
        return response.data
    card.select_application(JPKI)  # some cards answer it only then
    return _object(card, ATR)


@check("base: terminal certificate")
def terminal_certificate(card: Card, given: Given) -> None:
    """A certificate of a CA the card does not know opens nothing (section 6.3)."""
    card.select_application(JPKI)
    card.select(Jpki.TERMINAL_CA)
    for p1p2 in (0x0000, 0x00AE, 0x8000, 0x00B6):
        same(_terminal(card, p1p2, bytes(307)), WRONG_P1P2, f"the parameters {p1p2:04X}")
    same(_terminal(card, 0x06C1, bytes(307)), WRONG_LENGTH, "garbage")
    ids = b"9200073\x08\x05001\x00\x00\x00\x00" + b"9299774\x08\x05001\x00\x00\x00\x00"
    modulus = b"\xc0" + urandom(254) + b"\x01"
    body = ids + bytes.fromhex("9003010001 91820100") + modulus
    first = bytes.fromhex("7F21820233 5F4E820129") + body
    same(_terminal(card, 0x06C1, first), OK, "the first piece of a certificate")
    rest = bytes.fromhex("5F37820100") + b"\x00" + urandom(255)
    expect(_terminal(card, 0x00C1, rest) != OK, "a certificate of an unknown CA is refused")
    same(card.sign(0x02, 0x80 | Jpki.AUTH_KEY, bytes(32)).sw, SECURITY, "signing after that")


def _terminal(card: Card, p1p2: int, data: bytes) -> int:
    return card.send(0x80, 0xA2, p1p2 >> 8, p1p2 & 0xFF, data, extended=True).sw


def _object(card: Card, tag: int) -> bytes:
    return status(card.data_object(tag), OK, f"GET DATA {tag:04X}").data
