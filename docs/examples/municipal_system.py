"""A municipal system of MKPF 類型②: its key, its token, and what it asks about a person.

The wire format of MKPF is not public. Paths, names and codes are read from the profile the platform
goes by (non-normative); a system built by the real specification takes them from there.
"""

import base64
import json
import pathlib
import subprocess
import time
import urllib.parse
import uuid

from lab_client import send


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class ClientKey:
    """An RSA key in a file, used by openssl: the standard library signs nothing."""

    def __init__(self, folder):
        self._file = str(pathlib.Path(folder, "client-key.pem"))
        self._openssl("genrsa", "-out", self._file, "2048")

    def public_jwk(self):
        modulus = self._openssl("rsa", "-in", self._file, "-noout", "-modulus").decode()
        number = bytes.fromhex(modulus.strip().removeprefix("Modulus="))
        return {"kty": "RSA", "n": base64url(number), "e": base64url(b"\x01\x00\x01")}

    def assertion(self, client_id, audience):
        """private_key_jwt (RFC 7523)."""
        now = int(time.time())
        claims = {"iss": client_id, "sub": client_id, "aud": audience, "jti": str(uuid.uuid4())}
        claims |= {"iat": now, "exp": now + 60}
        head, body = (
            base64url(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "JWT"}, claims)
        )
        signed = f"{head}.{body}".encode()
        return f"{head}.{body}." + base64url(self._openssl("dgst", "-sha256", "-sign", self._file, input=signed))

    @staticmethod
    def _openssl(*words, input=None):
        return subprocess.run(
            ("openssl", *words), input=input, check=True, capture_output=True
        ).stdout


class MunicipalSystem:
    """Asks one environment of MKPF. Every answer is read by its meaning, as the profile has it."""

    def __init__(self, lab, folder, ca=None):
        self._ca = ca
        self._key = ClientKey(folder)
        self._address = lab("getWorld")["addresses"]["mkpf"]["verification"]
        self._profile = lab("getProfile", platform="mkpfVerification")
        registered = lab(
            "registerMkpfSystem",
            environment="verification",
            name="試験市 図書館システム",
            type="mkpf-2",
            publicJwk=self._key.public_jwk(),
        )
        self._client_id = registered["clientId"]

    def validity(self, certificate, challenge, signature):
        """電子証明書の有効性確認, with a proof that the card is here. Gives (result, answer)."""
        fields = {"certificate": certificate, "challenge": challenge, "signature": signature}
        encoded = {name: base64.b64encode(value).decode() for name, value in fields.items()}
        return self._ask("validity", encoded, self._profile["results"])

    def sign_certificate_status(self, ppid):
        """署名用電子証明書 status (変更なし, 4情報変更の可能性 …). Gives (result, answer)."""
        return self._ask("signCertificateStatus", {"ppid": ppid}, self._profile["signStatuses"])

    def _ask(self, function, fields, meanings):
        wire = {self._profile["requestFields"][name]: value for name, value in fields.items()}
        headers = {"Authorization": f"Bearer {self._token(function)}"}
        url = self._address + self._profile["paths"][function]
        answer = send("POST", url, wire, headers, self._ca)
        code = answer[self._profile["answerFields"]["result"]]
        result = next(meaning for meaning, name in meanings.items() if name == code)
        return result, answer

    def ppid_of(self, answer):
        return answer[self._profile["answerFields"]["ppid"]]

    def _token(self, function):
        url = self._address + self._profile["paths"]["token"]
        form = {
            "grant_type": "client_credentials",
            "scope": self._profile["scopes"][function],
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": self._key.assertion(self._client_id, self._address),
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urllib.parse.urlencode(form).encode()
        return send("POST", url, body, headers, self._ca)["access_token"]
