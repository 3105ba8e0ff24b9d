"""The files of the 券面事項確認AP, read and verified (card-facts section 5.4)."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from dates import is_date
from expect import expect
from images import check_jpeg2000, check_png
from keys import read_key, three_digests, verify_signature, verify_signed
from text_records import check_offsets
from tlv import Tlv, read_file

FACE = [0xDF21 + place for place in range(10)]
INFORMATION = [0xDF31, 0xDF32, 0xDF33, 0xDF34, 0xDF35]


@dataclass(frozen=True)
class Age:
    birth: str
    key: RSAPublicKey


@dataclass(frozen=True)
class Face:
    """What the face says in text; its pictures are checked and let go."""

    birth: str
    sex: str
    expiry: str
    key: RSAPublicKey


def read_age(file: bytes, signer: RSAPublicKey) -> Age:
    """EF 0001, signed as a whole."""
    birth, key, signature = read_file(file, 0xFF10, [0xDF11, 0xDF12, 0xDF13])
    verify_signature(signer, signature.value, birth.raw + key.raw, "the age record")
    return Age(_date(birth.value), read_key(key.value))


def read_face(file: bytes, signer: RSAPublicKey) -> Face:
    """EF 0002. The signature covers neither the expiry nor the picture of the security code."""
    table, *fields = face_fields(file)
    birth, sex, key, name, address, photo, signature, expiry, code = fields
    digests = three_digests(birth.raw + sex.raw + key.raw, name.raw + address.raw, photo.raw)
    verify_signed(signer, signature.value, digests, "the face")
    check_offsets(table.value, fields)
    for picture in (name, address, code):
        check_png(picture.value)
    check_jpeg2000(photo.value)
    expect(sex.value in (b"0", b"1", b"2", b"9"), "the sex is coded by ISO/IEC 5218")
    return Face(_date(birth.value), sex.value.decode(), _date(expiry.value), read_key(key.value))


def face_fields(file: bytes) -> list[Tlv]:
    """The offset table and the nine fields of EF 0002, not verified."""
    return read_file(file, 0xFF20, FACE)


def information_fields(file: bytes) -> list[Tlv]:
    """The fields of EF 0003; nobody signs them."""
    return read_file(file, 0xFF30, INFORMATION)


def read_number_image(file: bytes, signer: RSAPublicKey) -> RSAPublicKey:
    """EF 0005: the picture of 個人番号, and the key signed with it."""
    picture, key, signature = read_file(file, 0xFF40, [0xDF41, 0xDF42, 0xDF43])
    verify_signature(signer, signature.value, picture.raw + key.raw, "the picture of 個人番号")
    check_png(picture.value)
    return read_key(key.value)


def _date(value: bytes) -> str:
    text = value.decode("ascii", "replace")
    expect(is_date(text), "a date is YYYYMMDD")
    return text
