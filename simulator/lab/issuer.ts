/**
 * Who puts keys and signed records on the cards of a world: the municipality that signs, the CAs
 * that certify its key (card-facts 5.5), and the CA of the terminals for かざし利用 (6.3).
 *
 * One municipality's key signs for all municipalities of a world; only the id it is certified under
 * tells them apart. Every card has keys of its own.
 */
import type { KeyObject } from "node:crypto";
import { z } from "zod";
import {
  ANSWERS_TO_RESET,
  type CardSpec,
  type CvAuthority,
  keyIdentifier,
  type TerminalCa,
} from "../card/index.ts";
import { certifyingAuthority } from "../card/issuer-keys.ts";
import { publicKeyOf } from "../card/public-key.ts";
import { type KeySource, parseStored, storedBytes, toStoredBytes } from "../pki/index.ts";
import type { CardKeys } from "./keys-on-card.ts";

/** A CA whose signature on a CV certificate counts, as whoever verifies a card needs it. */
export interface CvAnchor {
  /** Sixteen bytes, as certificates name their issuer. */
  readonly keyId: Uint8Array;
  readonly publicKey: KeyObject;
}

/** Of the text application, the visual application, and the chain at the card's base level. */
export type CvAnchors = Readonly<Record<"text" | "visual" | "master", CvAnchor>>;

const KEYS = [
  "municipality",
  "textCa",
  "visualCa",
  "masterCa",
  "intermediateCa",
  "terminalCa",
] as const;

type Keys = Readonly<Record<(typeof KEYS)[number], Uint8Array>>;

const schema = z.strictObject(
  Object.fromEntries(KEYS.map((name) => [name, storedBytes])) as Record<
    keyof Keys,
    typeof storedBytes
  >,
);

/** As JSON can hold it: every key as PKCS #8 DER in Base64. */
export type IssuerState = z.input<typeof schema>;

/** Named like the issuer of the one terminal certificate that is known (card-facts 6.3). */
const TERMINAL_CA_ID = keyIdentifier("9200073", "001");

/** The card that says by its historical bytes that it takes extended lengths. */
const CONTACT_ATR = ANSWERS_TO_RESET["contact-extended"].atr;

export class CardIssuer {
  readonly anchors: CvAnchors;
  /** Certifies terminals; cards of this world know its public key. */
  readonly terminalCa: CvAuthority;
  readonly #keys: Keys;
  /** As cards carry it. */
  readonly #terminalCa: TerminalCa;
  readonly #source: KeySource;

  private constructor(keys: Keys, source: KeySource) {
    this.#keys = keys;
    this.#source = source;
    this.terminalCa = { keyId: TERMINAL_CA_ID, privateKey: keys.terminalCa };
    this.#terminalCa = { keyId: TERMINAL_CA_ID, publicKey: spki(publicKeyOf(keys.terminalCa)) };
    this.anchors = {
      text: anchor(certifyingAuthority("text", keys)),
      visual: anchor(certifyingAuthority("visual", keys)),
      master: anchor(certifyingAuthority("master", keys)),
    };
  }

  /** Draws six keys. */
  static async found(source: KeySource): Promise<CardIssuer> {
    const drawn = await Promise.all(KEYS.map(async (name) => [name, await source.next()] as const));
    return new CardIssuer(Object.fromEntries(drawn) as Keys, source);
  }

  /** @throws SimulatorError STATE_INVALID when `state` is not what `state` once gave */
  static restore(state: unknown, source: KeySource): CardIssuer {
    return new CardIssuer(parseStored(schema, state, "the state of the card issuer"), source);
  }

  get state(): IssuerState {
    const stored = KEYS.map((name) => [name, toStoredBytes(this.#keys[name])]);
    return Object.fromEntries(stored) as IssuerState;
  }

  /** Draws the four keys of a new card. */
  async drawKeys(): Promise<CardKeys> {
    const next = () => this.#source.next();
    const [textKey, visualKey, commonKey, sessionKey] = await Promise.all([
      next(),
      next(),
      next(),
      next(),
    ]);
    return { textKey, visualKey, commonKey, sessionKey };
  }

  /** Completes what the counter decided about the card with these keys. */
  equip(spec: CardSpec, { textKey, visualKey, commonKey, sessionKey }: CardKeys): CardSpec {
    const { terminalCa: _offCard, ...issuer } = this.#keys;
    return {
      ...spec,
      issuer,
      textKey,
      visualKey,
      commonKey,
      sessionKey,
      terminalCa: this.#terminalCa,
      contactAtr: CONTACT_ATR,
    };
  }
}

function anchor({ keyId, privateKey }: CvAuthority): CvAnchor {
  return { keyId, publicKey: publicKeyOf(privateKey) };
}

function spki(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: "spki", format: "der" }));
}
