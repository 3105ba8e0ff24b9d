"""Keys that are not what they pretend: forged municipalities, copied cards, exchanged CAs, loose
padding, changed messages (card-facts sections 5.5, 6.1, 6.5 and 7)."""

from os import urandom

from card import OK, Card
from certificates import read_certificate, verify_issued
from checks import check
from cv_certificate import Anchor, read_cv_certificate, verify_cv_certificate
from expect import expect, refused
from forger import Forger, no_bit_may_change
from given import Given
from keys import digest_info, verify_pss, verify_signature
from names import JPKI, TEXT, VISUAL, Jpki, Text, Visual
from opened import open_text, session_key
from secure_messaging import Session
from signers import unverified_signer
from tampering_text_checks import text_files
from text_records import read_attributes, read_signed_key, verify_integrity


@check("any bit of a CV certificate", group="tampering")
def any_bit_of_certificate(card: Card, given: Given) -> None:
    for application, file, anchor in (
        (TEXT, Text.CV_CERTIFICATE, given.anchors["text"]),
        (VISUAL, Visual.CV_CERTIFICATE, given.anchors["visual"]),
    ):
        card.select_application(application)
        content = card.content(file)
        _verify(content, anchor)
        no_bit_may_change(content, lambda it: _verify(it, anchor))


@check("a CV certificate of another CA", group="tampering")
def other_ca(card: Card, given: Given) -> None:
    card.select_application(TEXT)
    content = card.content(Text.CV_CERTIFICATE)
    right, other = given.anchors["text"], given.anchors["visual"]
    refused("another CA", _verify, content, other)
    refused("another CA's key", _verify, content, Anchor(right.key_id, other.key))
    refused("another CA's name", _verify, content, Anchor(other.key_id, right.key))


@check("a municipality that no CA certified", group="tampering")
def forged_municipality(card: Card, given: Given) -> None:
    """The forger's records and his CV certificate agree with each other; only the CA tells."""
    number, attributes, _ = text_files(card, given)
    genuine = read_cv_certificate(card.content(Text.CV_CERTIFICATE))
    forger = Forger()
    record = forger.integrity(number, read_attributes(attributes).covered)
    certificate = forger.cv_certificate(genuine.issuer, genuine.subject)
    verify_integrity(record, number, attributes, read_cv_certificate(certificate).key)
    refused("a forged certificate", _verify, certificate, given.anchors["text"])
    refused("a forged record", verify_integrity, record, number, attributes, genuine.key)


@check("a copied card", group="tampering")
def copied_card(card: Card, given: Given) -> None:
    """A copy has all the records and not the key; what it can do is to repeat what it heard."""
    open_text(card, given)
    signer = unverified_signer(card, Text.CV_CERTIFICATE)
    key = read_signed_key(card.content(Text.SIGNED_KEY), signer)
    heard, nonce = urandom(32), urandom(32)
    old, old_by_pss = (card.signature(p1, 0x00, heard) for p1 in (0x03, 0x05))
    verify_signature(key, old, heard, "the nonce")
    refused("a repeated signature", verify_signature, key, old, nonce, "the nonce")
    refused("a repeated PSS signature", verify_pss, key, old_by_pss, nonce, "the nonce")
    refused("one scheme for the other", verify_pss, key, old, heard, "the nonce")
    other = Forger().sign(nonce)
    refused("a key of its own", verify_signature, key, other, nonce, "the nonce")


@check("a loose block", group="tampering")
def loose_block(card: Card, given: Given) -> None:
    """Who does not look at the whole block takes signatures nobody made (RFC 8017 8.2.2)."""
    forger, message = Forger(), urandom(32)
    info = digest_info(message)
    right = b"\x00\x01" + (253 - len(info)) * b"\xff" + b"\x00" + info
    verify_signature(forger.key, forger.sign_block(right), message, "the message")
    for wrong in (
        b"\x00\x01" + 8 * b"\xff" + b"\x00" + info + bytes(245 - len(info)),
        b"\x00\x02" + right[2:],
        right[:5] + b"\xfe" + right[6:],
        right[:-1] + bytes([right[-1] ^ 1]),
    ):
        signature = forger.sign_block(wrong)
        refused("a loose block", verify_signature, forger.key, signature, message, "the message")


@check("X.509 certificates", group="tampering")
def x509_certificates(card: Card, given: Given) -> None:
    card.select_application(JPKI)
    ca, other_ca = (read_certificate(card.content(at)) for at in (Jpki.AUTH_CA, Jpki.SIGN_CA))
    content = card.content(Jpki.AUTH_CERTIFICATE)
    certificate = read_certificate(content)
    verify_issued(certificate, ca)
    refused("the other CA", verify_issued, certificate, other_ca)
    name = certificate.subject.rfc4514_string().partition("CN=")[2].encode("ascii")
    modulus = certificate.public_key().public_numbers().n.to_bytes(256, "big")
    for part in (name[:20], modulus[:20], certificate.signature[:20]):
        at = content.rindex(part) + 10
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        refused("a changed certificate", verify_issued, read_certificate(changed), ca)


@check("secure messages on their way", group="tampering")
def secure_messages(card: Card, given: Given) -> None:
    open_text(card, given)
    key = session_key(card)
    for at in (2, 3, 18):
        session = Session(card, key)
        message = bytearray(session.cryptogram(Text.NUMBER.to_bytes(2, "big")))
        message[at] ^= 0x40
        answer = session.send(0xA4, 0x02, 0x0C, bytes(message))
        expect(answer.sw != OK, "a changed message is refused")


def _verify(file: bytes, issuer: Anchor) -> None:
    verify_cv_certificate(read_cv_certificate(file), issuer)
