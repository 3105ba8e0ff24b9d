"""Tampering with the visual application's records, and what its signature does not protect
(card-facts section 5.4)."""

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from card import Card
from checks import check
from expect import expect, refused
from forger import no_bit_may_change
from given import Given
from keys import digest_info, three_digests, verify_signed
from names import Visual
from opened import open_face, open_visual
from signers import unverified_signer
from visual_records import face_fields, read_age, read_face, read_number_image

# The face is long: a step that is no multiple of anything in it reaches all its fields.
STEP = 13


@check("any bit of the age record", group="tampering")
def any_bit_of_age(card: Card, given: Given) -> None:
    _no_bit_of(card, given, Visual.AGE, read_age)


@check("any bit of the picture of 個人番号", group="tampering")
def any_bit_of_number_image(card: Card, given: Given) -> None:
    _no_bit_of(card, given, Visual.NUMBER_IMAGE, read_number_image)


@check("any signed bit of the face", group="tampering")
def any_bit_of_face(card: Card, given: Given) -> None:
    face, signer = _face_and_signer(card, given)
    read_face(face, signer)
    end = face_fields(face)[8].at
    no_bit_may_change(face[:end], lambda it: read_face(it + face[end:], signer), STEP)


@check("the expiry, which nobody signs", group="tampering")
def unsigned_expiry(card: Card, given: Given) -> None:
    """Not noticed, by the card's design: DF29 and DF2A are not under the signature."""
    face, signer = _face_and_signer(card, given)
    at = face_fields(face)[8].value_at
    later = face[:at] + b"20991231" + face[at + 8 :]
    expect(read_face(later, signer).expiry == "20991231", "the expiry may be anything")


@check("other digests than the three", group="tampering")
def other_digests(card: Card, given: Given) -> None:
    """The three come in an order, each is of its own fields, and there are three."""
    face, signer = _face_and_signer(card, given)
    birth, sex, key, name, address, photo, signature = face_fields(face)[1:8]
    person, pictures = birth.raw + sex.raw + key.raw, name.raw + address.raw
    right = three_digests(person, pictures, photo.raw)
    verify_signed(signer, signature.value, right, "the face")
    for wrong in (
        three_digests(pictures, person, photo.raw),
        three_digests(person, photo.raw, pictures),
        three_digests(person, address.raw + name.raw, photo.raw),
        three_digests(person, pictures, photo.value),
        digest_info(person + pictures + photo.raw),
        right[:-32],
    ):
        refused("other digests", verify_signed, signer, signature.value, wrong, "the face")


def _no_bit_of(card: Card, given: Given, file: int, read) -> None:
    open_visual(card, given)
    content = card.content(file)
    signer = unverified_signer(card, Visual.CV_CERTIFICATE)
    read(content, signer)
    no_bit_may_change(content, lambda it: read(it, signer))


def _face_and_signer(card: Card, given: Given) -> tuple[bytes, RSAPublicKey]:
    open_face(card, given)
    return card.content(Visual.FACE), unverified_signer(card, Visual.CV_CERTIFICATE)
