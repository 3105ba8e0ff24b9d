"""The person in a 署名用電子証明書: otherNames of its SubjectAltName (card-facts section 7.3)."""

from dataclasses import dataclass

from cryptography import x509

from certificates import extension
from expect import expect

ARC = "1.2.392.200149.8.5.5"
UTF8_STRING = 0x0C


@dataclass(frozen=True)
class Person:
    """Fields in the order in which the certificate has them."""

    name: str
    birth: str
    sex: str
    address: str
    name_map: str
    address_map: str


ORDER = [f"{ARC}.{last}" for last in (1, 4, 3, 5, 2, 6)]


def personal_names(certificate: x509.Certificate) -> Person:
    names = extension(certificate, x509.SubjectAlternativeName)
    expect(not names.critical, "the personal names are not critical")
    others = names.value.get_values_for_type(x509.OtherName)
    expect([other.type_id.dotted_string for other in others] == ORDER, "six names in order")
    return Person(*(_text(other.value) for other in others))


def _text(der: bytes) -> str:
    expect(der[0] == UTF8_STRING, "a personal name is a UTF8String")
    # DER, unlike the card's files, writes a length from 128 to 255 as 81.
    start = 2 if der[1] < 0x80 else 2 + (der[1] & 0x7F)
    return der[start:].decode("utf-8")
