"""The visual application (券面事項確認AP), card-facts 2.3 and 5.4."""

from card import VISUAL, expect
from keys import (
    THREE_DIGESTS,
    certified,
    describe,
    digest,
    expect_key_id,
    expect_padded,
    expect_signature,
    key_reference,
)
from text_checks import expect_offsets, expect_own_signatures
from tlv import children, expect_observed_lengths, read_file

AGE, FACE, INFORMATION, CV_CERTIFICATE, NUMBER_IMAGE, UNKNOWN = 1, 2, 3, 4, 5, 6
BIRTH_KEY, CODE_B, CODE_A = 0x0011, 0x0012, 0x0013
FACE_FIELDS = (0xDF22, 0xDF23, 0xDF24, 0xDF25, 0xDF26, 0xDF27, 0xDF28, 0xDF29, 0xDF2A)

PNG = bytes.fromhex("89504E470D0A1A0A")
JPEG_2000 = bytes.fromhex("0000000C6A5020200D0A870A")
ERAS = (("20190501", 2019), ("19890108", 1989), ("19261225", 1926), ("19120730", 1912))
"""First day and first year of 令和, 平成, 昭和 and 大正."""


def access(card, given):
    secrets = {
        "nothing": (None, None, set()),
        "照合番号A": (CODE_A, given.code_a, {2, 5, 6}),
        "照合番号B": (CODE_B, given.code_b, {2, 6}),
        "生年月日": (BIRTH_KEY, given.birth_key, {1}),
    }
    for file, secret, opened in secrets.values():
        card.power_cycle()
        card.select(VISUAL)
        if secret is not None:
            card.verify(file, secret)
        for record in (AGE, FACE, NUMBER_IMAGE, UNKNOWN):
            if record in opened:
                card.read(record)
            else:
                card.refuse_read(record)
        for record in (INFORMATION, CV_CERTIFICATE):
            card.read(record)
    return "nothing, A, B and the birth-date key"


def visual_municipality(card, given):
    card.select(VISUAL)
    return certified(card.read(CV_CERTIFICATE), given.visual_ca, "EF 0004")


def cv_certificate(card, given):
    visual_municipality(card, given)
    return f"issued by {describe(given.visual_ca.key_id)}"


def age_record(card, given):
    municipality = visual_municipality(card, given)
    card.verify(BIRTH_KEY, given.birth_key)
    content = card.read(AGE)
    expect(len(content) == 547, f"{len(content)} bytes")
    expect(content[:5].hex() == "ff1082021e", f"starts {content[:5].hex()}")
    birth, key, signature = children(read_file(content, 0xFF10).value, 0xDF11, 0xDF12, 0xDF13)
    expect(era_date(birth.value.decode("ascii")) == given.birth_key, "another birth date")
    expect_observed_lengths(key)
    key_reference(key.value)
    expect_signature(municipality.key, signature.value, birth.raw + key.raw, "DF13")
    return "547 bytes, signed"


def era_date(birth):
    """YYYYMMDD as YYMMDD with the year of the Japanese era."""
    first = next(year for day, year in ERAS if birth >= day)
    return f"{int(birth[:4]) - first + 1:02}{birth[4:]}"


def face(card, given):
    """The card face with its signature over three digests, opened by 照合番号B."""
    municipality = visual_municipality(card, given)
    card.verify(CODE_B, given.code_b)
    content = card.read(FACE)
    outer = read_file(content, 0xFF20)
    expect_observed_lengths(outer)
    table, *fields = children(outer.value, 0xDF21, *FACE_FIELDS)
    expect_offsets(content, table, fields)
    birth, sex, key, name, address, photo, signature, expiry, security_code = fields
    for image in (name, address, security_code):
        expect(image.value.startswith(PNG), f"{image.tag:X} is no PNG")
    expect(photo.value.startswith(JPEG_2000), "the photo is no JP2 file")
    expect(sex.value in (b"0", b"1", b"2", b"9"), "the sex is none of 0, 1, 2, 9")
    expect(era_date(birth.value.decode("ascii")) == given.birth_key, "another birth date")
    expect(expiry.value[:4].decode("ascii") == given.code_b[6:10], "another year of expiry")
    key_reference(key.value)
    groups = (birth.raw + sex.raw + key.raw, name.raw + address.raw, photo.raw)
    signed = THREE_DIGESTS + b"".join(digest(group) for group in groups)
    expect_padded(municipality.key, signature.value, signed, "DF28")
    return "nine fields at their offsets, three digests signed"


def number_image(card, given):
    municipality = visual_municipality(card, given)
    card.verify(CODE_A, given.code_a)
    content = card.read(NUMBER_IMAGE)
    image, key, signature = children(read_file(content, 0xFF40).value, 0xDF41, 0xDF42, 0xDF43)
    expect(image.value.startswith(PNG), "DF41 is no PNG")
    key_reference(key.value)
    expect_signature(municipality.key, signature.value, image.raw + key.raw, "DF43")
    return "an image, signed"


def information(card, given):
    card.select(VISUAL)
    content = card.read(INFORMATION)
    expect(len(content) == 320, f"{len(content)} bytes")
    expect(content[:5].hex() == "ff3082013b", f"starts {content[:5].hex()}")
    fields = children(read_file(content, 0xFF30).value, 0xDF31, 0xDF32, 0xDF33, 0xDF34, 0xDF35)
    lengths = [len(field.value) for field in fields]
    expect(lengths == [4, 16, 1, 5, 272], f"fields of {lengths} bytes")
    _, key_id, _, municipality, opaque = (field.value for field in fields)
    expect_key_id(key_id, "DF32")
    expect(key_id[:7].endswith(b"000024"), "DF32 does not follow x000024")
    expect(municipality.isdigit(), "the municipality code is not five digits")
    expect_key_id(opaque[:16], "DF35")
    return "320 bytes"


def filler_file(card, given):
    card.select(VISUAL)
    card.verify(CODE_A, given.code_a)
    expect(card.read(UNKNOWN) == b"\xff" * 16, "EF 0006 is not sixteen FF")
    return "sixteen FF"


def ap_signature(card, given):
    """The key of the face, the age record and the number image is one, and signs for anybody."""
    card.select(VISUAL)
    card.verify(CODE_A, given.code_a)
    fields = children(read_file(card.read(FACE), 0xFF20).value, 0xDF21, *FACE_FIELDS)
    image_record = read_file(card.read(NUMBER_IMAGE), 0xFF40).value
    on_image = children(image_record, 0xDF41, 0xDF42, 0xDF43)[1].value
    card.verify(BIRTH_KEY, given.birth_key)
    age = read_file(card.read(AGE), 0xFF10).value
    on_age = children(age, 0xDF11, 0xDF12, 0xDF13)[1].value
    on_face = fields[3].value
    expect(on_face == on_image == on_age, "the records certify different keys")
    card.power_cycle()
    card.select(VISUAL)
    expect_own_signatures(card, key_reference(on_face))
    return "80 2A 00 00 and 80 2A 05 00 without PIN"
