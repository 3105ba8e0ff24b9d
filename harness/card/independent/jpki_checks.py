"""The JPKI application, card-facts 2.1, 4.1, 5.6 and section 7."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding

from card import JPKI, TEXT, expect, select_file, short, verify
from keys import DIGEST_INFO, digest, expect_padded, expect_pss, expect_signature

SIGN_CERTIFICATE, SIGN_CA = 0x0001, 0x0002
TOKEN_INFORMATION, AVAILABILITY = 0x0006, 0x0008
AUTH_CERTIFICATE, AUTH_CA = 0x000A, 0x000B
AUTH_KEY, AUTH_PIN, SIGN_KEY, SIGN_PIN = 0x0017, 0x0018, 0x001A, 0x001B

MESSAGE = b"independent client"


def token_information(card, given):
    card.select(JPKI)
    token = card.read(TOKEN_INFORMATION)
    expect(len(token) == 160, f"{len(token)} bytes")
    label = token[:32].decode("ascii").rstrip()
    expect(label == "JPKIAPICCTOKEN2", f"labelled {label}")
    expect(token[80:96].isdigit(), "the serial number is not 16 digits")
    fields = {
        "flags": (token[96:100], "0000040d"),
        "sessions": (token[100:116], "00000001000000000000000100000000"),
        "PIN lengths": (token[116:124], "0000001000000006"),
        "memory": (token[124:140], "ff" * 16),
        "versions": (token[140:144], b"0301".hex()),
        "time": (token[144:160], b"9".hex() * 16),
    }
    for name, (found, wanted) in fields.items():
        expect(found.hex() == wanted, f"{name}: {found.hex()}, not {wanted}")
    return f"{label}, 160 bytes"


def availability(card, given):
    card.select(JPKI)
    content = card.read(AVAILABILITY)
    expect(content.hex() == "8f8f00", f"{content.hex()}, not 8f8f00")
    return content.hex()


def certificates(card, given):
    """The 署名用 certificate only with its password, everything else without anything."""
    card.select(JPKI)
    auth = certificate(card.read(AUTH_CERTIFICATE))
    auth_ca = certificate(card.read(AUTH_CA))
    sign_ca = certificate(card.read(SIGN_CA))
    card.refuse_read(SIGN_CERTIFICATE)
    card.verify(SIGN_PIN, given.sign_pin)
    sign = certificate(card.read(SIGN_CERTIFICATE))
    for name, leaf, authority in (("auth", auth, auth_ca), ("sign", sign, sign_ca)):
        expect(leaf.issuer == authority.subject, f"{name}: another issuer")
        authority.public_key().verify(
            leaf.signature,
            leaf.tbs_certificate_bytes,
            padding.PKCS1v15(),
            leaf.signature_hash_algorithm,
        )
    return "both verify under their CA"


def reads_agree(card, given):
    """The same file by extended length, and in the chunks various clients use (4.2)."""
    card.select(JPKI)
    whole = card.read(AUTH_CERTIFICATE)
    for size in (231, 255, 256):
        expect(card.read_in_chunks(AUTH_CERTIFICATE, size) == whole, f"chunks of {size} differ")
    by_name = card.ask(bytes.fromhex("00B08A00000000"), "READ BINARY by short identifier")
    expect(by_name == whole, "reading by short identifier differs")
    return f"{len(whole)} bytes"


def signing(card, given):
    """Every way of padding, card-facts 4.1, with both keys and their PINs."""
    card.select(JPKI)
    auth = certificate(card.read(AUTH_CERTIFICATE)).public_key()
    card.select_file(AUTH_KEY)
    info = DIGEST_INFO + digest(MESSAGE)
    card.refuse(short(0x80, 0x2A, 0x00, 0x80, info, le=256), "without PIN", 0x6982)
    card.verify(AUTH_PIN, given.auth_pin)
    card.select_file(AUTH_KEY)
    sign_every_way(card, 0x80, auth)
    sign_every_way(card, 0x97, auth)
    card.verify(SIGN_PIN, given.sign_pin)
    sign = certificate(card.read(SIGN_CERTIFICATE)).public_key()
    sign_every_way(card, 0x9A, sign)
    return "P1 00 to 05 with both keys"


def sign_every_way(card, p2, key):
    info = DIGEST_INFO + digest(MESSAGE)
    expect_signature(key, card.sign(0x00, p2, info), MESSAGE, "P1 00")
    expect_padded(key, card.sign(0x00, p2, b"\x07"), b"\x07", "P1 00, one byte")
    expect_padded(key, card.sign(0x00, p2, b"\x07" * 245), b"\x07" * 245, "P1 00, 245 bytes")
    expect_padded(key, card.sign(0x01, p2, MESSAGE), digest(MESSAGE), "P1 01")
    expect_signature(key, card.sign(0x02, p2, digest(MESSAGE)), MESSAGE, "P1 02")
    expect_signature(key, card.sign(0x03, p2, MESSAGE), MESSAGE, "P1 03")
    expect_pss(key, card.sign(0x04, p2, digest(MESSAGE)), MESSAGE, "P1 04")
    expect_pss(key, card.sign(0x05, p2, MESSAGE), MESSAGE, "P1 05")
    card.refuse(short(0x80, 0x2A, 0x06, p2, MESSAGE, le=256), "P1 06", 0x6A86)


def rights(card, given):
    """What was presented lasts while the application is selected, and no longer (section 3)."""
    card.select(JPKI)
    card.verify(AUTH_PIN, given.auth_pin)
    expect(card.tries(AUTH_PIN) == 0x63C3, "the retry query after VERIFY is not 63C3")
    card.select(JPKI)
    card.sign(0x02, 0x97, digest(MESSAGE))
    card.select(TEXT)
    card.select(JPKI)
    refused = short(0x80, 0x2A, 0x02, 0x97, digest(MESSAGE), le=256)
    card.refuse(refused, "after another application", 0x6982)
    card.ask(verify(given.auth_pin, 0x98), "VERIFY by short identifier")
    card.sign(0x02, 0x97, digest(MESSAGE))
    card.power_cycle()
    card.select(JPKI)
    card.refuse(refused, "after a power cycle", 0x6982)
    return "kept, dropped, dropped"


def selection(card, given):
    """Refusals of SELECT and of commands without a current file (2.6, 2.7, section 4)."""
    card.refuse(short(0x00, 0xA4, 0x00, 0x00), "00 A4 00 00 after power-on", 0x6A86)
    card.refuse(bytes.fromhex("00A4040C07A0000000030800"), "an AID from elsewhere", 0x6A82)
    card.select(JPKI)
    card.ask(short(0x00, 0xA4, 0x00, 0x00), "00 A4 00 00 in an application")
    card.refuse(select_file(0x3F00), "SELECT 3F00", 0x6A82)
    card.select(JPKI)
    card.refuse(short(0x00, 0xB0, 0x00, 0x00, le=4), "READ BINARY, no file", 0x6986)
    card.refuse(short(0x00, 0x20, 0x00, 0x80), "VERIFY, no file", 0x6986)
    card.refuse_read(AUTH_PIN, 0x6981)
    card.refuse(bytes.fromhex("01B0000004"), "another logical channel", 0x6881)
    return "refused as measured"


def certificate(content):
    """X.509 DER at the start of a file, `30 82`, with filler behind it."""
    expect(content[:2] == b"\x30\x82", f"starts {content[:2].hex()}")
    length = int.from_bytes(content[2:4], "big") + 4
    expect(set(content[length:]) <= {0x00, 0xFF}, "what follows the certificate is no filler")
    return x509.load_der_x509_certificate(content[:length])
