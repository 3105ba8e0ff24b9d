"""What whoever holds the card knows, and whose signatures count."""

from dataclasses import dataclass

from keys import Authority


@dataclass(frozen=True)
class Given:
    reader: str
    auth_pin: str
    sign_pin: str
    text_pin: str
    juki_pin: str
    code_a: str
    code_b: str
    text_ca: Authority
    visual_ca: Authority
    master_ca: Authority

    @property
    def birth_key(self):
        """The first six digits of 照合番号B (card-facts section 3)."""
        return self.code_b[:6]

    @staticmethod
    def from_json(document):
        pins, anchors = document["pins"], document["anchors"]
        return Given(
            reader=document["reader"],
            auth_pin=pins["auth"],
            sign_pin=pins["sign"],
            text_pin=pins["text"],
            juki_pin=pins["juki"],
            code_a=document["codeA"],
            code_b=document["codeB"],
            text_ca=Authority.from_json(anchors["text"]),
            visual_ca=Authority.from_json(anchors["visual"]),
            master_ca=Authority.from_json(anchors["master"]),
        )
