"""The 券面事項確認AP: who may read what, and whether it is true (card-facts sections 2.3 and 5.4)."""

from card import OK, SECURITY, Card
from checks import check
from cv_certificate import key_number, read_cv_certificate, verify_cv_certificate
from dates import era_date
from expect import expect, same
from given import Given
from keys import same_key
from names import VISUAL, Visual
from opened import open_face, open_visual
from signers import certifies_municipality, visual_signer
from visual_records import Face, information_fields, read_age, read_face, read_number_image

FREE = {Visual.INFORMATION, Visual.CV_CERTIFICATE}
BY_B = FREE | {Visual.FACE, Visual.FILLER}
BY_A = BY_B | {Visual.NUMBER_IMAGE}
ALL = BY_A | {Visual.AGE}


@check("visual: access without anything")
def access_without_anything(card: Card, given: Given) -> None:
    card.select_application(VISUAL)
    _opens(card, FREE)


@check("visual: access by 照合番号A, 照合番号B and 生年月日")
def access(card: Card, given: Given) -> None:
    secrets = (
        (Visual.CODE_A, given.code_a, BY_A),
        (Visual.CODE_B, given.code_b, BY_B),
        (Visual.BIRTH_KEY, given.birth_key, FREE | {Visual.AGE}),
    )
    for file, secret, opened in secrets:
        card.reader.power_cycle()
        card.select_application(VISUAL)
        card.present(file, secret)
        _opens(card, opened)


def _opens(card: Card, opened: set[int]) -> None:
    for file in sorted(ALL):
        same(card.access(file), OK if file in opened else SECURITY, f"a read of {file:04X}")


@check("visual: age record")
def age(card: Card, given: Given) -> None:
    card.select_application(VISUAL)
    card.present(Visual.BIRTH_KEY, given.birth_key)
    file = card.content(Visual.AGE)
    expect(len(file) == 547, "the age record has 547 bytes")
    birth = read_age(file, visual_signer(card, given)).birth
    expect(era_date(birth) == given.birth_key, "the date of birth is the one that opened it")


@check("visual: the face and its three digests")
def face(card: Card, given: Given) -> None:
    face = _face(card, given)
    expect(era_date(face.birth) == given.birth_key, "照合番号B begins with the date of birth")


@check("visual: the expiry in 照合番号B")
def expiry(card: Card, given: Given) -> None:
    # Nobody signs the expiry: the code a person reads off the card is all there is to compare.
    expect(_face(card, given).expiry[:4] == given.code_b[6:10], "照合番号B has the expiry's year")


@check("visual: picture of 個人番号")
def number_image(card: Card, given: Given) -> None:
    card.select_application(VISUAL)
    card.present(Visual.CODE_A, given.code_a)
    read_number_image(card.content(Visual.NUMBER_IMAGE), visual_signer(card, given))


@check("visual: one key in all three records")
def one_key(card: Card, given: Given) -> None:
    open_visual(card, given)
    signer = visual_signer(card, given)
    of_age = read_age(card.content(Visual.AGE), signer).key
    of_face = read_face(card.content(Visual.FACE), signer).key
    of_image = read_number_image(card.content(Visual.NUMBER_IMAGE), signer)
    # There is one AP signing key, 001A, for whoever may read only one of the three.
    expect(same_key(of_face, of_age) and same_key(of_face, of_image), "the keys are one")


@check("visual: CV certificate")
def cv_certificate(card: Card, given: Given) -> None:
    card.select_application(VISUAL)
    certificate = read_cv_certificate(card.content(Visual.CV_CERTIFICATE))
    verify_cv_certificate(certificate, given.anchors["visual"])
    expect(key_number(certificate.issuer)[1:] == "000023/001", "the CA is the visual AP's")
    certifies_municipality(certificate, card)


@check("visual: information and filler")
def information(card: Card, given: Given) -> None:
    open_face(card, given)
    file = card.content(Visual.INFORMATION)
    expect(len(file) == 320, "the information has 320 bytes")
    numbers, key_id, version, municipality, reference = information_fields(file)
    expect((len(numbers.value), len(version.value)) == (4, 1), "four bytes, and a version")
    expect(key_number(key_id.value)[1:] == "000024/001", "it names its key")
    expect(key_number(reference.value[:16])[1:] == "900025/001", "it names another")
    expect(len(municipality.value) == 5 and municipality.value.isdigit(), "the municipality code")
    expect(len(reference.value) == 16 + 256, "a key reference and 256 bytes")
    expect(card.content(Visual.FILLER) == 16 * b"\xff", "EF 0006 is sixteen FF")


def _face(card: Card, given: Given) -> Face:
    open_face(card, given)
    return read_face(card.content(Visual.FACE), visual_signer(card, given))
