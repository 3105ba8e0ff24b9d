/**
 * Certificates and a key for the tests of this folder, made once with the openssl command (req -x509,
 * RSA-2048, subjects "first", "renewed" and "sign"). Nobody's, trusted by nothing, and independent of
 * the encoder in pki/.
 */

/** The serials as `openssl x509 -serial` prints them. */
export const FIRST_SERIAL = "0ABCDEF0";
export const RENEWED_SERIAL = "0ABCDEF1";

/** A 利用者証明用 certificate as far as these tests are concerned. */
export const FIRST_CERTIFICATE = bytes(
  "MIIDRTCCAi2gAwIBAgIECrze8DANBgkqhkiG9w0BAQsFADA6MQswCQYDVQQGEwJKUDEbMBkGA1UECgwSanBraS1iZW5jaCBm" +
    "aXh0dXJlMQ4wDAYDVQQDDAVmaXJzdDAeFw0yNjExMjEwNjM5MDNaFw0zNjExMTgwNjM5MDNaMDoxCzAJBgNVBAYTAkpQMRsw" +
    "GQYDVQQKDBJqcGtpLWJlbmNoIGZpeHR1cmUxDjAMBgNVBAMMBWZpcnN0MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKC" +
    "AQEA5CbKgCrQw5FXVbFREXkVu/OMo7Tik3+cRDdABVeLSjCQC32BJ4iO9/QLfMrj1pQPSjV2seCji1V79hR2bRlwKeuyt2Co" +
    "ppNKcQqqDkE16If57rrS3OKRugNrCV8JJzIG4EjhMGyWQc0FE3tGEwMgBZgopMyDmB9XTSJN1kb69n7MpHwKK+NX3KwGcSY7" +
    "75P7y11E4fIjNCrcCcvDFK4C6sAZltkeH1wsFqOUPppwuLG5pbXKShzGo6t8QfSI6y98oF8jsKQhBSjUSnv3qNXgnFUg0VWu" +
    "hb/z/4x4WfSJaPDH48FdrN6oEggxEOJERzt1aZs8Lup2/Vzuys8/spXfAQIDAQABo1MwUTAdBgNVHQ4EFgQUopQaIfmsx7X9" +
    "LNr6XVD4elIF+HcwHwYDVR0jBBgwFoAUopQaIfmsx7X9LNr6XVD4elIF+HcwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0B" +
    "AQsFAAOCAQEAVomly6D+jgtsJwAmXuaermdFJn7yLFSNZ7ECaEs/gjDEW+q82/xpKM+AGCsMUfMWMxU9EqLEJW41ERVhbODL" +
    "NQ2W6aqhq2+jQvlkLR+ir99FexOwgc7DycJrTZKuH98WU2/oYbp4azt2V+BQa/B/Wai9R4V/20xY7MA8Wf/uCsxMLkF8oyZX" +
    "YEhcke3fofjKj4VEQXgGhr0K8Vpe00IRM8YtG76cyCxaVql7nyoChE0qld1R1AeJk93QSEZtMXOWzRUcGqSMEz5Wwak2k0oX" +
    "smDrunaEXXrcs+DZ/j0+DtGrpePRRIJMca75Cnxhf10fnKG0xOqLVqTTAEur3Zk5mg==",
);

/** The one that replaced it: same key, next serial. */
export const RENEWED_CERTIFICATE = bytes(
  "MIIDSTCCAjGgAwIBAgIECrze8TANBgkqhkiG9w0BAQsFADA8MQswCQYDVQQGEwJKUDEbMBkGA1UECgwSanBraS1iZW5jaCBm" +
    "aXh0dXJlMRAwDgYDVQQDDAdyZW5ld2VkMB4XDTI2MTEyMTA2MzkwM1oXDTM2MTExODA2MzkwM1owPDELMAkGA1UEBhMCSlAx" +
    "GzAZBgNVBAoMEmpwa2ktYmVuY2ggZml4dHVyZTEQMA4GA1UEAwwHcmVuZXdlZDCCASIwDQYJKoZIhvcNAQEBBQADggEPADCC" +
    "AQoCggEBAOQmyoAq0MORV1WxURF5FbvzjKO04pN/nEQ3QAVXi0owkAt9gSeIjvf0C3zK49aUD0o1drHgo4tVe/YUdm0ZcCnr" +
    "srdgqKaTSnEKqg5BNeiH+e660tzikboDawlfCScyBuBI4TBslkHNBRN7RhMDIAWYKKTMg5gfV00iTdZG+vZ+zKR8CivjV9ys" +
    "BnEmO++T+8tdROHyIzQq3AnLwxSuAurAGZbZHh9cLBajlD6acLixuaW1ykocxqOrfEH0iOsvfKBfI7CkIQUo1Ep796jV4JxV" +
    "INFVroW/8/+MeFn0iWjwx+PBXazeqBIIMRDiREc7dWmbPC7qdv1c7srPP7KV3wECAwEAAaNTMFEwHQYDVR0OBBYEFKKUGiH5" +
    "rMe1/Sza+l1Q+HpSBfh3MB8GA1UdIwQYMBaAFKKUGiH5rMe1/Sza+l1Q+HpSBfh3MA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZI" +
    "hvcNAQELBQADggEBAKBLtfT6AAE/O7TAYQXfOaUxZ2haH+RgMHuPgx1S3ADhU0WpnHLPcL0d0DXDDUMZos8B33ybK4kdKc0A" +
    "z/xZukgwxYSnfhXJw19yVM/nkGZplKq2ertuTU7yY6ND5ZwF5+BaIAtzpl8vAFY73jNBlBHmblW/OtquFAsvySxcacRJmDLy" +
    "5CPilmRUK5p2LbQW5ElNVz8LLkXSgiLUH94aURQ9F42akvvnTWn8gKBAEDFj2eJ4SRzwbj84BpFOhxIZrUbeB3zxAvbcJvnt" +
    "r/fxVRNYPE89i5qrQRyIpHF/B98AwDeQFsBL9kLe8kyinoRaximfBcFZ4FMKEtfTbU7X1HY=",
);

/** A 署名用 certificate as far as these tests are concerned. */
export const SIGN_CERTIFICATE = bytes(
  "MIIDQzCCAiugAwIBAgIEAQIDBDANBgkqhkiG9w0BAQsFADA5MQswCQYDVQQGEwJKUDEbMBkGA1UECgwSanBraS1iZW5jaCBm" +
    "aXh0dXJlMQ0wCwYDVQQDDARzaWduMB4XDTI2MTEyMTA2MzkwM1oXDTM2MTExODA2MzkwM1owOTELMAkGA1UEBhMCSlAxGzAZ" +
    "BgNVBAoMEmpwa2ktYmVuY2ggZml4dHVyZTENMAsGA1UEAwwEc2lnbjCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEB" +
    "AOQmyoAq0MORV1WxURF5FbvzjKO04pN/nEQ3QAVXi0owkAt9gSeIjvf0C3zK49aUD0o1drHgo4tVe/YUdm0ZcCnrsrdgqKaT" +
    "SnEKqg5BNeiH+e660tzikboDawlfCScyBuBI4TBslkHNBRN7RhMDIAWYKKTMg5gfV00iTdZG+vZ+zKR8CivjV9ysBnEmO++T" +
    "+8tdROHyIzQq3AnLwxSuAurAGZbZHh9cLBajlD6acLixuaW1ykocxqOrfEH0iOsvfKBfI7CkIQUo1Ep796jV4JxVINFVroW/" +
    "8/+MeFn0iWjwx+PBXazeqBIIMRDiREc7dWmbPC7qdv1c7srPP7KV3wECAwEAAaNTMFEwHQYDVR0OBBYEFKKUGiH5rMe1/Sza" +
    "+l1Q+HpSBfh3MB8GA1UdIwQYMBaAFKKUGiH5rMe1/Sza+l1Q+HpSBfh3MA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQEL" +
    "BQADggEBAC7RfECXtTWKU73XwbGgy/gmJoXtI7g5phbUZHs1boPZceFdkPkHtlKHqBUhMyikwsty3sGAOtoqGILZ5hl1/Xn6" +
    "LmOTVcZcd7OY59weKstR1IsMfig6E3JSrE9yT9uI3N/y/udLHE8Sp1UNYbKh1sAQA4RXQhm/ZcfWtrIhZ1LbBJ7MTiblRgG6" +
    "UYhCMtMhytsKDEfaEpND4poaKOsa42rvY9WT0jcF4kc0dvQf0RjWwI3tSB2qL4JG9nc45oGqp/TUch8tL+e11I76Yl688R4b" +
    "Uad63JcAofIthCji0fRnCwrOLmaWLRc6ZB4Hb1hGKjTNF4BeHNAVTDidKEyNGMc=",
);

/** PKCS #8 DER of the key in all three. */
export const PRIVATE_KEY = bytes(
  "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDkJsqAKtDDkVdVsVEReRW784yjtOKTf5xEN0AFV4tKMJAL" +
    "fYEniI739At8yuPWlA9KNXax4KOLVXv2FHZtGXAp67K3YKimk0pxCqoOQTXoh/nuutLc4pG6A2sJXwknMgbgSOEwbJZBzQUT" +
    "e0YTAyAFmCikzIOYH1dNIk3WRvr2fsykfAor41fcrAZxJjvvk/vLXUTh8iM0KtwJy8MUrgLqwBmW2R4fXCwWo5Q+mnC4sbml" +
    "tcpKHMajq3xB9IjrL3ygXyOwpCEFKNRKe/eo1eCcVSDRVa6Fv/P/jHhZ9Ilo8MfjwV2s3qgSCDEQ4kRHO3Vpmzwu6nb9XO7K" +
    "zz+yld8BAgMBAAECggEADoJQBPQUGCfNScgPu4B7ixsbMcr+ULqADc+ErQJK+6IYev6VgNXcn7SfqWU+tYXvbfz16ix6whDi" +
    "4/ybpmcEfMn+MM6/Eu7RgFxZAbSQcNP65z1uzPjEozN18l/elWVHTiqcVYfGS3N2E+3WQD3F4s0xIn/WC43Mr71TfWHAsn2x" +
    "jtoVnCx2OYwpKlVuHTWWX9nYonzvQlHedTT9oL8kAoSFepES7FuZ4rtDkKge01BQb6q6Izfdwbs/a6WGfAh5t9qHc6W1n2xi" +
    "t3IXz5DJVUM62cjHxc4oqMPWsC5wKGxx7RidTq3WZtrVrQVnF1VVs1nkQ5hGDpfmsKGYiavYkQKBgQD+f/JtlENUEK/3CM+7" +
    "ZTzj+Fxew8M9R9hlX9u/Q75SN1MSnS9dUKo3+UdTYaOL/1nDTzBmU8U5qPvyY8Z8nEiYRdAqTnD7Uku8vdmKnCUNXHkaQwtj" +
    "GGFcAwtGHHWih9ho5rF6444dDbQu0/fmkHISBZmA2ePN+ptw9ASaPuid+QKBgQDlfxVK0jA+o/Vh8kpX5ls76iWV1N6OQWL0" +
    "RXN1BXvAggIiYVvmGJJGR5SHwFhEWZMwvO+DMyLdo2rPowBLYxj3xjRLJLwyygkMMj7Pp/b2WatHV4m6D97421IKc5o+1OVt" +
    "1dMwhAzVW9+jl6Y5fXOvLS4ecM1+7ZkKspxSe3grSQKBgQC0cf1uinfua+KH0hyPruksbhT4L+8HTSB2SDAjfaG843MoOICz" +
    "thTqmPlkek8eXQ/E9inH889b4Z+5rdq20Yx7QsykondjCmeezDEpISr4PT+0SiMRwOCO/62HqXgSpCThw+fEzQEfQm8l4K7d" +
    "MD9g3c2H2XW2vuBlhu6YetAt6QKBgQC76MNpYRLpp1w7F6UxtccMFtsxhHu6JOW+NsOjlJrQdGME/Yy+qW3Tp7aBNMfRJzry" +
    "1DCUz6EDs1O4sbGDCKAf+KVGxcxnFbA00UtGwjPfYGpy3sVBmM8sGoBhWGh6e91jgooKloTfiftiur/7ILJBRBAYEqrf+/Gs" +
    "pbSDgN9TKQKBgCRSEbIqBIQdB/BRgBGxoY7JOxOqSE5+XmqCxDZcEi2VetlKGn+apwCOhgCsyfIBNlW/M0FeyZDOpotkS341" +
    "O/6lYXcK1JKoQpp76t1FGOaNcFR3Z0iTATCumhzlQ1vbjpQvJ3+m+QaDupa9OnQDcdH3qtaRm4uMNYbbcUyAYaVA",
);

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}
