"""The four certificates of the 公的個人認証AP and their chains (card-facts section 7)."""

import re

from cryptography import x509
from cryptography.x509.oid import ExtensionOID as Oid
from cryptography.x509.oid import NameOID

from card import Card
from certificate_profiles import (
    asks_ocsp,
    has_policy,
    has_usage,
    issued_to_person,
    lists_revoked_under,
)
from certificates import extension, extension_names, read_certificate, verify_issued
from checks import check
from expect import expect
from given import Given
from names import JPKI, TEXT, Jpki, Text
from personal_names import personal_names
from text_records import read_attributes

AGENCY = "Japan Agency for Local Authority Information Systems"
CA_EXTENSIONS = [
    Oid.KEY_USAGE,
    Oid.SUBJECT_ALTERNATIVE_NAME,
    Oid.BASIC_CONSTRAINTS,
    Oid.CRL_DISTRIBUTION_POINTS,
    Oid.SUBJECT_KEY_IDENTIFIER,
]
AUTH_EXTENSIONS = [
    Oid.KEY_USAGE,
    Oid.EXTENDED_KEY_USAGE,
    Oid.CERTIFICATE_POLICIES,
    Oid.ISSUER_ALTERNATIVE_NAME,
    Oid.CRL_DISTRIBUTION_POINTS,
    Oid.AUTHORITY_INFORMATION_ACCESS,
    Oid.AUTHORITY_KEY_IDENTIFIER,
    Oid.SUBJECT_KEY_IDENTIFIER,
]


@check("certificates: both CAs")
def authorities(card: Card, given: Given) -> None:
    """Section 7.1."""
    card.select_application(JPKI)
    purposes = {
        Jpki.AUTH_CA: "JPKI for user authentication",
        Jpki.SIGN_CA: "JPKI for digital signature",
    }
    for file, purpose in purposes.items():
        ca = read_certificate(card.content(file))
        verify_issued(ca, ca)
        names = [part.value for part in ca.subject]
        expect(names[0] == "JP" and names[1].startswith("JPKI"), "a CA is of Japan's JPKI")
        expect(names[2:] == [purpose, AGENCY], "it says for what, and whose it is")
        expect(extension_names(ca) == _dotted(CA_EXTENSIONS), "a CA has its extensions in order")
        has_usage(ca, "key_cert_sign", "crl_sign")
        basic = extension(ca, x509.BasicConstraints)
        expect(basic.critical and basic.value == x509.BasicConstraints(True, None), "it is a CA")
        points = extension(ca, x509.CRLDistributionPoints).value
        expect(points[0].full_name == [x509.DirectoryName(ca.subject)], "its CRL has its name")


@check("certificates: 利用者証明用")
def authentication(card: Card, given: Given) -> None:
    """Section 7.2."""
    card.select_application(JPKI)
    certificate = read_certificate(card.content(Jpki.AUTH_CERTIFICATE))
    ca = read_certificate(card.content(Jpki.AUTH_CA))
    issued_to_person(certificate, ca)
    expect(extension_names(certificate) == _dotted(AUTH_EXTENSIONS), "eight extensions in order")
    has_usage(certificate, "digital_signature")
    lists_revoked_under(certificate, ca)
    asks_ocsp(certificate)
    purposes = extension(certificate, x509.ExtendedKeyUsage).value
    expect(list(purposes) == [x509.oid.ExtendedKeyUsageOID.CLIENT_AUTH], "its purpose")
    has_policy(certificate, "3")
    name = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    expect(re.fullmatch(r"[0-9A-Za-z]{14}\d{5}\d{3}[A-Z]", name) is not None, "23 characters")
    expect(len(list(certificate.subject)) == 2, "the subject is C and CN alone")


@check("certificates: 署名用")
def signing(card: Card, given: Given) -> None:
    """Section 7.3; the person in it is the person of the 券面事項入力補助AP."""
    card.select_application(JPKI)
    card.present(Jpki.SIGN_PIN, given.pins["sign"])
    certificate = read_certificate(card.content(Jpki.SIGN_CERTIFICATE))
    ca = read_certificate(card.content(Jpki.SIGN_CA))
    issued_to_person(certificate, ca)
    has_usage(certificate, "digital_signature", "content_commitment")
    has_policy(certificate, "1")
    subject = [attribute.oid for attribute in certificate.subject]
    place = NameOID.LOCALITY_NAME
    expect(subject == [NameOID.COUNTRY_NAME, place, place, NameOID.COMMON_NAME], "the subject")
    name = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    expect(re.fullmatch(r"\d{14}\d{5}.{9}", name) is not None, "28 characters, by a time")
    lists_revoked_under(certificate, ca)
    _is_person(certificate, card, given)


def _is_person(certificate: x509.Certificate, card: Card, given: Given) -> None:
    card.select_application(TEXT)
    card.present(Text.PIN, given.pins["text"])
    attributes = read_attributes(card.content(Text.ATTRIBUTES))
    person = personal_names(certificate)
    expect(_alike(person.name, attributes.name, person.name_map), "the name is the card's")
    expect(_alike(person.address, attributes.address, person.address_map), "so is the address")
    expect(person.birth[1:] == attributes.birth, "so is the date of birth")
    expect(person.sex == attributes.sex, "so is the sex")


def _alike(one: str, other: str, replaced: str) -> bool:
    """Equal but for the characters that the map says were replaced."""
    expect(len(one) == len(other) == len(replaced), "a map has one character a character")
    expect(set(replaced) <= {"0", "1"}, "a map is of 0 and 1")
    return all(flag == "1" or a == b for a, b, flag in zip(one, other, replaced))


def _dotted(names: list[x509.ObjectIdentifier]) -> list[str]:
    return [name.dotted_string for name in names]
