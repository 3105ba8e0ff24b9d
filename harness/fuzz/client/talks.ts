/** What clients do with a card, step by step; a step that fails does not keep the next from trying. */
import { CommonApClient } from "../../card/common-ap-client.ts";
import { JpkiClient } from "../../card/jpki-client.ts";
import { Secret } from "../../card/secret.ts";
import { TextApClient } from "../../card/text-ap-client.ts";
import { VisualApClient } from "../../card/visual-ap-client.ts";
import type { Reader } from "../../reader/reader.ts";
import { PINS } from "../card/specimen.ts";

/** Each step presents a PIN at most once, so that a PIN presented twice was sent again. */
export type Talk = (reader: Reader) => readonly (() => Promise<unknown>)[];

const secret = (name: keyof typeof PINS) => new Secret(PINS[name]);
const DATA = new TextEncoder().encode("a challenge");

export const TALKS: Readonly<Record<string, Talk>> = {
  "read the free certificates": (reader) => {
    const jpki = new JpkiClient(reader);
    return [
      () => jpki.select(),
      () => jpki.tokenInfo(),
      () => jpki.certificateAvailability(),
      () => jpki.authCertificate(),
      () => jpki.authCaCertificate(),
    ];
  },
  "read at once": (reader) => {
    const jpki = new JpkiClient(reader, { extended: true });
    return [() => jpki.select(), () => jpki.authCertificate(), () => jpki.signCaCertificate()];
  },
  "authenticate by PIN": (reader) => {
    const jpki = new JpkiClient(reader);
    return [
      () => jpki.select(),
      () => jpki.triesLeft("auth"),
      () => jpki.verifyAuthPin(secret("auth")),
      () => jpki.signWithAuthKey(DATA),
    ];
  },
  "sign with the password": (reader) => {
    const jpki = new JpkiClient(reader);
    return [
      () => jpki.select(),
      () => jpki.verifySignPassword(secret("sign"), { spendLastTry: true }),
      () => jpki.signCertificate(),
      () => jpki.signWithSignKey(DATA),
    ];
  },
  "change the PIN": (reader) => {
    const jpki = new JpkiClient(reader);
    return [() => jpki.select(), () => jpki.changePin("auth", secret("auth"), new Secret("5678"))];
  },
  "read the text records": (reader) => {
    const text = new TextApClient(reader);
    return [
      () => text.select(),
      () => text.verifyPin(secret("text")),
      () => text.myNumber(),
      () => text.attributes(),
      () => text.signWithCardKey(DATA),
    ];
  },
  "read the face": (reader) => {
    const visual = new VisualApClient(reader);
    return [
      () => visual.select(),
      () => visual.verifyCodeA(secret("codeA")),
      () => visual.cardFace(),
      () => visual.myNumberImage(),
      () => visual.verifiedCardFace([]),
    ];
  },
  "prove the card genuine": (reader) => {
    const visual = new VisualApClient(reader);
    return [
      () => visual.select(),
      () => visual.verifyBirthDate(secret("birthDate")),
      () => visual.birthDate(),
    ];
  },
  "read the card number": (reader) => {
    const common = new CommonApClient(reader);
    return [
      () => common.select(),
      () => common.cardNumber(),
      () => common.internalAuthenticate(DATA),
    ];
  },
};
