// Certificates and the signature (over "abc") were made with the OpenSSL command line.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cardErrorOf } from "./testing/rejection.ts";
import { isSignedWith } from "./verify-signature.ts";

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));

const CERTIFICATE = bytes(`
MIIC+zCCAeOgAwIBAgIUMqhFi4fd+N3adVanUPuS3HR08VYwDQYJKoZIhvcNAQELBQAwDDEKMAgGA1UEAwwBdDAgFw0yNjEx
MjEwNjQ3MjdaGA8yMTI2MTAyODA2NDcyN1owDDEKMAgGA1UEAwwBdDCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEB
ALJhebSsjC4qnrpG6+d30q4Y4oeZ0IA4O1TXLavsOsWVF7cUuThOzARKS4qFcVGdDvHyM8hFr6gnY/03+T9hwFukqZ0j1ZWo
vAeN9nsUXNqmHAdnDaNEB485BXQz2KUG0dBsdExNirxB1dj0Tk7ib8J3HSynFAeu+0llTDBedKmpsUWoPqPa/Z0JsxyQOFzG
FXGtHtEO02scMol4bJAj1Kxp9ENIKvDz0vDY+HSY2vddVWlcTuxQ+dw7fMERP7tgtCBqoaIdI7VuypE8Qj7tuQUVKuts5Iwh
kBQ9GLhxQ+I6AVOhJXp6IvS8OqaJaj4g4AX8QrDormbAQ8iq5aMdwacCAwEAAaNTMFEwHQYDVR0OBBYEFHHF+aQJO3JATVyz
5U0ouFVYkNMpMB8GA1UdIwQYMBaAFHHF+aQJO3JATVyz5U0ouFVYkNMpMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQEL
BQADggEBALFYrjHBWkdUgom9O/cuOIED7EcwXxTCQxXN8jr9p+dgkCVxxcQJ9v4E126bJvgK1xh6MI3ikVX5YfRuAh8bQPSo
Ob48zDMhMeLPhzBKNzEY3gzwtqI8PZUBmbCdRVeIdMt8zv0qKRav06tfnyK1hPAMQn5RL3oONNlK7MhPWrbN/HU/LBADKr9Y
/OCVsmTLOlqsK90L6W9E9uH3LwLYuKR2u7WnpzkJilfP1jge53tPXf2z4ZA6BWrpKHtNPnRX1uWhE7V+7/7eWHVvRr9QrlQx
MEc+3AUoZSbKAcQlH+i6Mh4D+U6yuy2Eld6Go047kpgg0n9XPuWr8qUWBxwlZKI=`);

const SIGNATURE = bytes(`
b8GdvqGLWnmTUn9rHd/1k0LuSSld+TDYD3RtIFzzj+PKMGsQugv2Q2GnSKjygak0csC/w9MmJO5FunBoMyeTuOEOvuESWEb/
Ny4V/fMrjSqMztKtTdzaA7mnNLEUqVk4rE/LYcVSopqzP2nhaJs1k6FZjShlKFCGpsVsZeyQMibqGUl2ZoFAGvKsPLtN9Pun
3Qqef5OR9y+JY0MHma375D0rGWRYWCGim6dyk5F7C8XEDYZSyjMZAXKJO/DV2RO2asu+cPZGkQM6MfuYHu1agIQdbdfjmL2+
D3J4TS8DwGWsVnSZKmHtkhl4lUmKz6zBYlhNvZ11pkUy0fucA7CRrQ==`);

const ELLIPTIC_CERTIFICATE = bytes(`
MIIBbzCCARWgAwIBAgIUEHs+wOx1NVPXqRpWSoJ4fcPoefUwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBZTAgFw0yNjExMjEw
NjQ3MjdaGA8yMTI2MTAyODA2NDcyN1owDDEKMAgGA1UEAwwBZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGFE6DxBGQQl
rzOBANdiJelStDrjYxkDPbedYHli9MTzsOG6q8E/QQ6aKVc7AkRiZyb88dYOmI2T476CLgvaQ4yjUzBRMB0GA1UdDgQWBBST
DYFmE9ypPgvG9fbl1nBgw1Of+DAfBgNVHSMEGDAWgBSTDYFmE9ypPgvG9fbl1nBgw1Of+DAPBgNVHRMBAf8EBTADAQH/MAoG
CCqGSM49BAMCA0gAMEUCIAmLIn0gzL+br/Nv7IAr38iQUdzMykvCZw9ClII60wGZAiEAzYrM+ZLw2E59VAt08qrMOUaSxvh7
f1LT0Qx0Izf58Q8=`);

const data = Buffer.from("abc");
const sha256 = new Uint8Array(createHash("sha256").update(data).digest());
const digestInfo = Buffer.concat([
  Buffer.from("3031300D060960864801650304020105000420", "hex"),
  sha256,
]);

describe("a signature", () => {
  it.each([
    ["the data", { data }],
    ["their digest", { sha256 }],
    ["the DigestInfo that was given to the card", digestInfo],
  ])("is checked against %s", (_, signed) => {
    expect(isSignedWith(CERTIFICATE, signed, SIGNATURE)).toBe(true);
  });

  it.each([
    ["other data", { data: Buffer.from("abd") }],
    ["another digest", { sha256: new Uint8Array(32) }],
    ["another DigestInfo", digestInfo.subarray(1)],
  ])("is not one of %s", (_, signed) => {
    expect(isSignedWith(CERTIFICATE, signed, SIGNATURE)).toBe(false);
  });

  it.each([
    ["cut short", SIGNATURE.slice(1)],
    ["empty", new Uint8Array(0)],
    ["altered", SIGNATURE.map((byte, i) => (i === 255 ? byte ^ 1 : byte))],
  ])("is none when it is %s", (_, signature) => {
    expect(isSignedWith(CERTIFICATE, { data }, signature)).toBe(false);
    expect(isSignedWith(CERTIFICATE, { sha256 }, signature)).toBe(false);
  });

  it.each([
    ["no certificate", new Uint8Array([0x30, 0x82, 0x00, 0x00])],
    ["a certificate of another kind of key", ELLIPTIC_CERTIFICATE],
  ])("cannot be checked with %s", async (_, certificate) => {
    const check = async () => isSignedWith(certificate, { data }, SIGNATURE);
    expect((await cardErrorOf(check())).code).toBe("CARD_DATA_INVALID");
  });
});
