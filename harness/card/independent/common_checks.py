"""The 共通カードAP and the 住基AP (card-facts sections 2.4, 2.5, 5.7 and 6.2)."""

from os import urandom

from card import OK, Card
from checks import check
from cv_certificate import key_number
from dates import is_date
from expect import expect, same, status
from given import Given
from keys import SIZE, verify_signature
from names import COMMON, JPKI, JUKI, TEXT, VISUAL, Common, Jpki, Text, Visual
from opened import open_face
from visual_records import face_fields, information_fields

NO_RECORD = 0x6A83
WRONG_STRUCTURE = 0x6981


@check("common: record of the card")
def record(card: Card, given: Given) -> None:
    card.select_application(COMMON)
    record = card.record(Common.RECORD, 1)
    expect(record[:2] == b"\x01\x1c" and len(record) == 30, "the record is 01 1C and 28 bytes")
    serial, municipality, expiry = record[2:17], record[17:22], record[22:]
    expect((serial + municipality + expiry).isdigit(), "they are digits")
    expect(is_date(expiry.decode("ascii")), "the last eight are a date")
    expect(expiry[:4] == given.code_b[6:10].encode("ascii"), "照合番号B has the expiry's year")
    card.select(Common.RECORD)
    current = card.send(0x00, 0xB2, 0x01, 0x04, le=256)
    expect(status(current, OK, "READ RECORD").data == record, "the current file's is the same")
    same(card.send(0x00, 0xB2, 0x7F, 0x04, le=256).sw, NO_RECORD, "a record that is not there")
    same(card.read(0).sw, WRONG_STRUCTURE, "READ BINARY of records")


@check("common: the face agrees with the record")
def agreement(card: Card, given: Given) -> None:
    card.select_application(COMMON)
    record = card.record(Common.RECORD, 1)
    open_face(card, given)
    expiry = face_fields(card.content(Visual.FACE))[8]
    expect(expiry.value == record[22:], "the face has the same expiry")
    municipality = information_fields(card.content(Visual.INFORMATION))[3]
    expect(municipality.value == record[17:22], "the application names the same municipality")


@check("common: key reference")
def key_reference(card: Card, given: Given) -> None:
    references = []
    for application in (COMMON, JUKI):
        card.select_application(application)
        references.append(card.record(Common.KEY_REFERENCE, 1))
    expect(references[0] == references[1], "the resident AP has the same key reference")
    expect(len(key_number(references[0][-16:])) == 11, "it is a key id")


@check("common: internal authentication")
def internal_authentication(card: Card, given: Given) -> None:
    """INTERNAL AUTHENTICATE (section 6.2). The public half of the key is not on the card."""
    card.select_application(COMMON)
    for size in (1, 16, 255):
        challenge = urandom(size)
        answer = status(_authenticate(card, challenge), OK, "INTERNAL AUTHENTICATE").data
        expect(len(answer) == SIZE, "the answer has 256 bytes")
        verify_signature(given.card_key, answer, challenge, "the challenge")
        expect(_authenticate(card, challenge).data == answer, "the same challenge, the same answer")
    expect(_authenticate(card, b"").sw != OK, "there is nothing to sign without a challenge")


@check("common: no internal authentication elsewhere")
def other_keys(card: Card, given: Given) -> None:
    """Section 4: 6982 from keys behind a PIN, 6985 from the signing keys of the 券面 applications."""
    for application, key, answer in (
        (JPKI, Jpki.AUTH_KEY, 0x6982),
        (TEXT, Text.KEY, 0x6985),
        (VISUAL, Visual.KEY, 0x6985),
    ):
        card.select_application(application)
        response = card.send(0x00, 0x88, 0x00, 0x80 | key, bytes(16), le=256)
        same(response.sw, answer, f"INTERNAL AUTHENTICATE with {key:04X}")


def _authenticate(card: Card, challenge: bytes):
    return card.send(0x00, 0x88, 0x00, 0x80 | Common.KEY, challenge, le=256)
