/**
 * The three functional interfaces over a reader of the bench (platform-facts 3.2): whatever the reader
 * is, the clients of the card and the guard stand between it and the software. No PIN is sent twice.
 */
import type { CardDesk, KazashiCard, Withheld } from "../../simulator/client-software/index.ts";
import {
  type CvTrustAnchor,
  JpkiClient,
  Secret,
  TextApClient,
  VisualApClient,
} from "../card/index.ts";
import { isGenuine } from "../card/presented-card.ts";
import type { Reader } from "../reader/index.ts";
import { asBirthDateRefusal, asRefusal } from "./refusals.ts";

/** Lends an open reader with a card in it, and takes it back whatever happens. */
export type ReaderLoan = <T>(use: (reader: Reader) => Promise<T>) => Promise<T>;

export interface CardDeskOptions {
  readonly loan: ReaderLoan;
  /** CAs of 券面事項確認AP whose cards count as genuine. */
  readonly anchors: readonly CvTrustAnchor[];
  /** Fresh random bytes for each internal authentication. */
  readonly nonce: () => Uint8Array;
}

/** What it rejects with is always a `ClientSoftwareError`. */
export function cardDesk({ loan, anchors, nonce }: CardDeskOptions): CardDesk {
  return async (use) => {
    try {
      return await loan((reader) => use(cardOn(reader, { nonce, anchors })));
    } catch (error) {
      throw asRefusal(error);
    }
  };
}

function cardOn(reader: Reader, checking: Pick<CardDeskOptions, "anchors" | "nonce">): KazashiCard {
  return {
    certificate: async () => (await selectedJpki(reader)).authCertificate(),
    authenticate: async (pin, challenge) => {
      const jpki = await selectedJpki(reader);
      await jpki.verifyAuthPin(secret(pin));
      const sha256 = await crypto.subtle.digest("SHA-256", new Uint8Array(challenge));
      return jpki.signWithAuthKey({ sha256: new Uint8Array(sha256) });
    },
    attributes: async (pin) => {
      const text = new TextApClient(reader);
      await text.select();
      await text.verifyPin(secret(pin));
      return (await text.attributes()).reveal();
    },
    proveGenuine: async (birthDateKey) => {
      const visual = new VisualApClient(reader);
      await visual.select();
      await visual.verifyBirthDate(secret(birthDateKey)).catch(asBirthDateRefusal);
      const { anchors, nonce } = checking;
      return isGenuine(visual, { nonce: nonce(), trusted: anchors });
    },
  };
}

async function selectedJpki(reader: Reader): Promise<JpkiClient> {
  const jpki = new JpkiClient(reader);
  await jpki.select();
  return jpki;
}

function secret(withheld: Withheld): Secret {
  return new Secret(withheld.reveal());
}
