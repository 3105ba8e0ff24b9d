"""Who signed an application's records: the key in its CV certificate, once its CA has vouched for
it (card-facts sections 5.5 and 6.1). An application has to be selected; nothing is presented."""

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from card import Card
from cv_certificate import CvCertificate, key_number, read_cv_certificate, verify_cv_certificate
from expect import expect
from given import Given
from names import COMMON, Common, Text, Visual


def text_signer(card: Card, given: Given) -> RSAPublicKey:
    return _verified(card, Text.CV_CERTIFICATE, given, "text").key


def visual_signer(card: Card, given: Given) -> RSAPublicKey:
    return _verified(card, Visual.CV_CERTIFICATE, given, "visual").key


def unverified_signer(card: Card, file: int) -> RSAPublicKey:
    """The key in a CV certificate; whether a CA vouches for it is then another question."""
    return read_cv_certificate(card.content(file)).key


def certifies_municipality(certificate: CvCertificate, card: Card) -> None:
    """The subject's number contains the code of the municipality that issued the card (5.5)."""
    card.select_application(COMMON)
    municipality = card.record(Common.RECORD, 1)[17:22].decode("ascii")
    expect(municipality in key_number(certificate.subject), "the subject is the municipality")


def _verified(card: Card, file: int, given: Given, anchor: str) -> CvCertificate:
    certificate = read_cv_certificate(card.content(file))
    verify_cv_certificate(certificate, given.anchors[anchor])
    return certificate
