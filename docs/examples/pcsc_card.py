"""A card in a PC/SC reader, by OpenSC's tools: programs that know nothing of the lab."""

import pathlib
import ssl
import subprocess
import tempfile
import time

WITHIN = 15
"""Seconds in which the PC/SC service has to notice a card; it looks every 0.4 seconds."""


def _run(*words):
    return subprocess.run(words, check=True, capture_output=True, timeout=30).stdout


def wait_for_card(reader="0"):
    """Returns when the PC/SC service has a card in the reader. Raises TimeoutError."""
    deadline = time.monotonic() + WITHIN
    while subprocess.run(("opensc-tool", "--reader", reader, "--atr"), capture_output=True).returncode:
        if time.monotonic() > deadline:
            raise TimeoutError(f"no card in reader {reader} within {WITHIN} seconds")
        time.sleep(0.1)


def read_certificate(reader="0"):
    """The 利用者証明用 certificate, DER; needs no PIN."""
    pem = _run("pkcs15-tool", "--reader", reader, "--read-certificate", "1").decode()
    return ssl.PEM_cert_to_DER_cert(pem[pem.index("-----BEGIN") :])


def sign(challenge, pin, reader="0"):
    """電子利用者証明: RSASSA-PKCS1-v1_5 SHA-256 over the challenge. One VERIFY, whatever comes of it."""
    with tempfile.TemporaryDirectory() as folder:
        message, digest, signature = (
            str(pathlib.Path(folder, name)) for name in ("message", "digest", "signature")
        )
        pathlib.Path(message).write_bytes(challenge)
        _run("openssl", "dgst", "-sha256", "-binary", "-out", digest, message)
        how = ("--sign", "--key", "01", "--pkcs1", "--sha-256", "--pin", pin)
        _run("pkcs15-crypt", "--reader", reader, *how, "-i", digest, "-o", signature)
        return pathlib.Path(signature).read_bytes()
