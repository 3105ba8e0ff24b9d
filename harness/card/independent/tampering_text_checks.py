"""Tampering with the text application's records: whatever is changed, the verification that
belongs to it has to fail (card-facts section 5.3). One that says yes to everything fails here."""

from card import Card
from checks import check
from expect import refused
from forger import no_bit_may_change
from given import Given
from names import Text
from opened import open_text
from signers import unverified_signer
from text_records import read_signed_key, verify_integrity
from tlv import read_file

SEX = b"\xdf\x25\x01"


@check("any bit of the text records", group="tampering")
def any_bit(card: Card, given: Given) -> None:
    number, attributes, record = text_files(card, given)
    signer = unverified_signer(card, Text.CV_CERTIFICATE)
    verify_integrity(record, number, attributes, signer)
    no_bit_may_change(record, lambda it: verify_integrity(it, number, attributes, signer))
    no_bit_may_change(number, lambda it: verify_integrity(record, it, attributes, signer))
    no_bit_may_change(attributes, lambda it: verify_integrity(record, number, it, signer))


@check("any bit of the application's key", group="tampering")
def any_bit_of_key(card: Card, given: Given) -> None:
    open_text(card, given)
    file = card.content(Text.SIGNED_KEY)
    signer = unverified_signer(card, Text.CV_CERTIFICATE)
    read_signed_key(file, signer)
    no_bit_may_change(file, lambda it: read_signed_key(it, signer))


@check("the 4情報 of somebody else", group="tampering")
def other_attributes(card: Card, given: Given) -> None:
    """Well-formed, and not what was signed."""
    number, attributes, record = text_files(card, given)
    signer = unverified_signer(card, Text.CV_CERTIFICATE)
    before, sex, after = attributes.partition(SEX)
    other = before + sex + (b"2" if after[:1] == b"1" else b"1") + after[1:]
    refused("another sex", verify_integrity, record, number, other, signer)


@check("digests in each other's place", group="tampering")
def exchanged_digests(card: Card, given: Given) -> None:
    number, attributes, record = text_files(card, given)
    signer = unverified_signer(card, Text.CV_CERTIFICATE)
    first, second, signature = read_file(record, 0xFF30, [0xDF31, 0xDF32, 0xDF33])
    exchanged = record[: first.value_at] + second.value
    exchanged += record[second.at : second.value_at] + first.value + signature.raw
    refused("exchanged digests", verify_integrity, exchanged, number, attributes, signer)


def text_files(card: Card, given: Given) -> tuple[bytes, bytes, bytes]:
    """個人番号, 4情報 and the record of their digests."""
    open_text(card, given)
    number, attributes = card.content(Text.NUMBER), card.content(Text.ATTRIBUTES)
    return number, attributes, card.content(Text.INTEGRITY)
