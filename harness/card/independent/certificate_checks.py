"""The four certificates of the 公的個人認証AP and their chains (card-facts section 7)."""

import re
from hashlib import sha1

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtensionOID as Oid
from cryptography.x509.oid import NameOID

from card import Card
from certificates import extension, extension_names, public_key, read_certificate, verify_issued
from checks import check
from expect import expect
from given import Given
from names import JPKI, TEXT, Jpki, Text
from personal_names import personal_names
from text_records import read_attributes

POLICIES = "1.2.392.200149.8.5.1"
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
    for file in (Jpki.AUTH_CA, Jpki.SIGN_CA):
        ca = read_certificate(card.content(file))
        verify_issued(ca, ca)
        expect(extension_names(ca) == _dotted(CA_EXTENSIONS), "a CA has its extensions in order")
        usage = extension(ca, x509.KeyUsage)
        expect(usage.critical and usage.value == _usage("key_cert_sign", "crl_sign"), "its usage")
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
    _issued_to_person(certificate, ca)
    expect(extension_names(certificate) == _dotted(AUTH_EXTENSIONS), "eight extensions in order")
    usage = extension(certificate, x509.KeyUsage)
    expect(usage.critical and usage.value == _usage("digital_signature"), "it authenticates")
    purposes = extension(certificate, x509.ExtendedKeyUsage).value
    expect(list(purposes) == [x509.oid.ExtendedKeyUsageOID.CLIENT_AUTH], "its purpose")
    _has_policy(certificate, "3")
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
    _issued_to_person(certificate, ca)
    usage = extension(certificate, x509.KeyUsage)
    wanted = _usage("digital_signature", "content_commitment")
    expect(usage.critical and usage.value == wanted, "it signs documents")
    _has_policy(certificate, "1")
    subject = [attribute.oid for attribute in certificate.subject]
    place = NameOID.LOCALITY_NAME
    expect(subject == [NameOID.COUNTRY_NAME, place, place, NameOID.COMMON_NAME], "the subject")
    name = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    expect(re.fullmatch(r"\d{14}\d{5}.{9}", name) is not None, "28 characters, by a time")
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


def _issued_to_person(certificate: x509.Certificate, ca: x509.Certificate) -> None:
    verify_issued(certificate, ca)
    end = certificate.not_valid_after
    expect((end.hour, end.minute, end.second) == (14, 59, 59), "it ends with a day of Japan")
    expect(certificate.not_valid_before < end <= ca.not_valid_after, "it ends before its CA")
    key = public_key(certificate).public_bytes(Encoding.DER, PublicFormat.PKCS1)
    own = extension(certificate, x509.SubjectKeyIdentifier).value
    expect(own.digest == sha1(key).digest(), "its key identifier is the SHA-1 of its key")
    expect(extension_names(certificate)[-1] == own.oid.dotted_string, "which comes last")
    authority = extension(certificate, x509.AuthorityKeyIdentifier).value
    of_ca = extension(ca, x509.SubjectKeyIdentifier).value
    expect(authority.key_identifier == of_ca.digest, "it points at its CA's key")
    expect(authority.authority_cert_serial_number == ca.serial_number, "and at its serial number")
    expect(authority.authority_cert_issuer == [x509.DirectoryName(ca.issuer)], "and at its issuer")
    alternative = extension(certificate, x509.IssuerAlternativeName).value
    of_ca = extension(ca, x509.SubjectAlternativeName).value
    expect(list(alternative) == list(of_ca), "its issuer has the CA's Japanese name")


def _has_policy(certificate: x509.Certificate, kind: str) -> None:
    policies = extension(certificate, x509.CertificatePolicies)
    names = [policy.policy_identifier.dotted_string for policy in policies.value]
    # The test hierarchy has 0 where the production one has its kind.
    pattern = rf"{re.escape(POLICIES)}\.({kind}|0)\.\d+"
    expect(policies.critical and len(names) == 1, "a certificate has one policy, critical")
    expect(re.fullmatch(pattern, names[0]) is not None, "its policy is of the card's")


def _usage(*wanted: str) -> x509.KeyUsage:
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment")
    names += ("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{name: name in wanted for name in names})


def _dotted(names: list[x509.ObjectIdentifier]) -> list[str]:
    return [name.dotted_string for name in names]
