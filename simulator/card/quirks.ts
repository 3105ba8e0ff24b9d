/**
 * Where the sources disagree about the card, or where nobody has published what it does.
 *
 * A card without quirks behaves as the best-supported source says. Every flag here is off by default
 * and names the other behaviour, so that a client can be tried against both. `source` is the section
 * of card-facts the doubt comes from; `unverified` marks a default that is a guess rather than the
 * better-supported of two reports.
 */

export interface QuirkProvenance {
  readonly source: string;
  readonly unverified: boolean;
  /** What the card does instead of its default. */
  readonly effect: string;
}

function disputed(source: string, effect: string): QuirkProvenance {
  return { source, unverified: false, effect };
}

function unverified(source: string, effect: string): QuirkProvenance {
  return { source, unverified: true, effect };
}

export const QUIRKS = {
  /** One source's module header says that both certificates are free to read. */
  signCertificateFree: disputed(
    "card-facts 0.3-1",
    "JPKI EF 0001 is read without the 署名用 password",
  ),
  /** ISO/IEC 7816-4's value for a blocked method; never measured on this card. */
  blockedAnswers6983: disputed(
    "card-facts 0.3-2",
    "VERIFY of a blocked PIN answers 6983, not 6984",
  ),
  /** An explorer's constants list three tries for 照合番号A and B. */
  codesHaveThreeTries: disputed(
    "card-facts 0.3-3",
    "照合番号A and B are issued with 3 tries, not 10",
  ),
  /** A blog's table of sex codes. */
  otherSexIsThree: disputed("card-facts 0.3-4", "sex 9 is written as 3 in the 基本4情報"),
  onlyPlainSignatures: disputed("card-facts 0.3-6", "80 2A answers 6A86 for P1 01 to 05"),
  /** A client tolerates it "on some cards". */
  queryAnswers9000OnceVerified: disputed(
    "card-facts 0.3-7",
    "an empty VERIFY answers 9000 after a right PIN",
  ),
  /** One module header: CA certificates "follow the access rules of their key references". */
  caCertificatesFollowTheirKeys: disputed(
    "card-facts 0.3-8",
    "JPKI EF 0002 and 000B need the PIN of their key",
  ),
  /** One source refuses the extended form of Le altogether. */
  challengeRefusesExtendedLe: unverified(
    "card-facts 0.3-9",
    "GET CHALLENGE with extended Le answers 6985",
  ),
  /** Clients accept it, nobody measured it on a PIN that had been usable. */
  queryAnswers6984WhenBlocked: disputed(
    "card-facts section 3",
    "an empty VERIFY of a blocked PIN answers 6984",
  ),
  /** The effect of a wrong PIN on a right granted before is not known. */
  wrongPinKeepsRight: unverified(
    "card-facts section 3",
    "a wrong PIN leaves the right that was granted",
  ),
  /** The answer to a PIN of impossible length is not known. */
  wrongLengthAnswers6700: unverified(
    "card-facts section 3",
    "a PIN of impossible length answers 6700 and costs no try",
  ),
  /** Whether the card checks the characters of a new PIN is not known. */
  anyNewPinAccepted: unverified(
    "card-facts section 3",
    "a new PIN of 1 to 16 arbitrary bytes is accepted",
  ),
  /** SCARD_RESET_CARD was measured not to clear rights; ISO/IEC 7816-3 would have it so. */
  warmResetClearsRights: disputed("card-facts section 3", "a warm reset is a power cycle"),
  /** Seen on one measured card. */
  firstCommandAnswers6F00: disputed(
    "card-facts section 4",
    "the first command after power-on answers 6F00",
  ),
  /** ISO/IEC 7816-4; clients treat it as end of file with data. */
  endOfFileAnswers6282: disputed(
    "card-facts 4.2",
    "READ BINARY past the end answers the rest and 6282",
  ),
  /** A client's in-memory card does it. */
  readAtEndAnswersEmpty: disputed(
    "card-facts 4.2",
    "READ BINARY at the very end answers 9000 without data",
  ),
  /** One contact ATR advertises neither chaining nor extended length. */
  noExtendedLength: disputed("card-facts 4.3", "commands in the extended form answer 6700"),
  /** How long a certificate EF is beyond its certificate is not known. */
  certificateFiller: unverified(
    "card-facts 2.1",
    "certificate EFs are filled up with FF to 2048 bytes",
  ),
  /** A unit test's guess, inverted: a card without 署名用 certificate still answering 8F 8F 00. */
  availabilityClaimsSign: unverified(
    "card-facts 2.1",
    "JPKI EF 0008 is 8F 8F 00 even without a 署名用 certificate",
  ),
} as const satisfies Readonly<Record<string, QuirkProvenance>>;

export type QuirkName = keyof typeof QUIRKS;

/** The flags of one card; what is not named is off. */
export type Quirks = { readonly [name in QuirkName]?: boolean };
