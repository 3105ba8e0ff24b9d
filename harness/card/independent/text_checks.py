"""The 券面事項入力補助AP: who may read what, and whether it is true (card-facts sections 2.2, 5.1
to 5.3)."""

from card import OK, SECURITY, Card
from checks import check
from cv_certificate import key_number, read_cv_certificate, verify_cv_certificate
from dates import era_date
from expect import expect, same
from given import Given
from keys import same_key
from names import TEXT, Text, Visual
from opened import open_face, open_text
from signers import certifies_municipality, text_signer
from text_records import read_attributes, read_number, read_signed_key, verify_integrity
from tlv import read_file
from visual_records import face_fields

FREE = {Text.CV_CERTIFICATE, Text.INFORMATION}
ANY = FREE | {Text.INTEGRITY, Text.SESSION_KEY, Text.SIGNED_KEY}
ALL = ANY | {Text.NUMBER, Text.ATTRIBUTES}


@check("text: access without anything")
def access_without_anything(card: Card, given: Given) -> None:
    card.select_application(TEXT)
    _opens(card, FREE)


@check("text: access by PIN, 照合番号A and 照合番号B")
def access(card: Card, given: Given) -> None:
    secrets = (
        (Text.PIN, given.pins["text"], ALL),
        (Text.CODE_A, given.code_a, ANY | {Text.NUMBER}),
        (Text.CODE_B, given.code_b, ANY | {Text.ATTRIBUTES}),
    )
    for file, secret, opened in secrets:
        card.reader.power_cycle()
        card.select_application(TEXT)
        card.present(file, secret)
        _opens(card, opened)


@check("text: 個人番号")
def number(card: Card, given: Given) -> None:
    open_text(card, given)
    expect(read_number(card.content(Text.NUMBER)) == given.code_a, "個人番号 is 照合番号A")


@check("text: 4情報")
def attributes(card: Card, given: Given) -> None:
    open_text(card, given)
    attributes = read_attributes(card.content(Text.ATTRIBUTES))
    expect("\u3000" in attributes.name, "family and given name are parted by U+3000")
    expect(attributes.address != "", "there is an address")
    expect(era_date(attributes.birth) == given.birth_key, "照合番号B begins with the date of birth")


@check("text: the same person as on the face")
def same_person(card: Card, given: Given) -> None:
    open_text(card, given)
    attributes = read_attributes(card.content(Text.ATTRIBUTES))
    open_face(card, given)
    birth, sex = face_fields(card.content(Visual.FACE))[1:3]
    expect(birth.value == attributes.birth.encode(), "the date of birth is the same")
    expect(sex.value == attributes.sex.encode(), "the sex is the same")


@check("text: integrity record")
def integrity(card: Card, given: Given) -> None:
    open_text(card, given)
    files = (Text.INTEGRITY, Text.NUMBER, Text.ATTRIBUTES)
    record, number, attributes = (card.content(file) for file in files)
    expect(len(record) == 336, "the integrity record has 336 bytes")
    verify_integrity(record, number, attributes, text_signer(card, given))


@check("text: CV certificate")
def cv_certificate(card: Card, given: Given) -> None:
    card.select_application(TEXT)
    certificate = read_cv_certificate(card.content(Text.CV_CERTIFICATE))
    verify_cv_certificate(certificate, given.anchors["text"])
    expect(key_number(certificate.issuer)[1:] == "000033/001", "the CA is the text AP's")
    certifies_municipality(certificate, card)


@check("text: signed key of the application")
def signed_key(card: Card, given: Given) -> None:
    open_text(card, given)
    file = card.content(Text.SIGNED_KEY)
    expect(len(file) == 536, "the signed key has 536 bytes")
    signer = text_signer(card, given)
    key = read_signed_key(file, signer)
    expect(not same_key(key, signer), "the card's key is not the municipality's")


@check("text: information and filler")
def information(card: Card, given: Given) -> None:
    open_text(card, given)
    file = card.content(Text.INFORMATION)
    expect(len(file) == 164, "the information has 164 bytes")
    versions, key_id, opaque = read_file(file, 0xFF40, [0xDF41, 0xDF42, 0xDF43])
    expect(len(versions.value) == 4, "four bytes tell version, lengths, vendor and option")
    expect(key_number(key_id.value)[1:] == "000034/001", "it names its key")
    expect(len(opaque.value) == 128 and opaque.value[32:] == 96 * b"\xff", "32 bytes, then FF")
    expect(card.content(Text.FILLER) == 16 * b"\xff", "EF 0008 is sixteen FF")


def _opens(card: Card, opened: set[int]) -> None:
    for file in sorted(ALL):
        same(card.access(file), OK if file in opened else SECURITY, f"a read of {file:04X}")
