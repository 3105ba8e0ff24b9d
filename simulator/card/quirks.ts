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
  /** A blog's table of sex codes. Signed data: seen once the 券面 applications are written. */
  otherSexIsThree: disputed(
    "card-facts 0.3-4",
    "sex 9 is written as 3 in the 基本4情報, from the next time they are written",
  ),
  /** Most clients only know P1 = 00; the others were measured. */
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
  /** Counters demand a mixture; that the card does is known from nobody. */
  newPasswordMustMix: unverified(
    "card-facts section 3",
    "a new 署名用 password of letters or of digits alone answers 6A80",
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
  /** It is there; what it holds and who may read it was not reported. */
  file0005Free: unverified("card-facts 2.1", "JPKI EF 0005 is read without a PIN"),
  /** Measured indirectly only, and not for each command. */
  noCurrentFileAnswers6985: unverified(
    "card-facts 2.6",
    "a command without a current EF is answered 6985, not 6986",
  ),
  /** How often the PIN of the common application may be tried is not known. */
  commonPinHasFiveTries: unverified(
    "card-facts section 3",
    "the PIN of the common application is issued with 5 tries",
  ),
  /** Its status was not reported; an internal file would answer this way. */
  file0009IsInternal: unverified("card-facts 2.1", "reading JPKI EF 0009 answers 6981, not 6982"),
  /** One comment of the source that measured says "PIN or A"; its code and its sweep say any. */
  integrityRecordRefusesCodeB: disputed("card-facts 2.2", "照合番号B does not open text EF 0003"),
  /** Who may read it was not stated. */
  textFile0008Free: unverified("card-facts 2.2", "text EF 0008 is read without a PIN"),
  /** How often the birth-date key may be tried is not known. */
  birthKeyHasThreeTries: unverified(
    "card-facts section 3",
    "the birth-date key is issued with 3 tries",
  ),
  /** Whether the two 券面 applications count together is not known. */
  codeCountersShared: unverified(
    "card-facts section 3",
    "照合番号A and B each have one counter for the text and the visual application",
  ),
  /** What SELECT with P2 = 00 returns is not public. */
  selectGivesNoFci: unverified(
    "card-facts section 4",
    "SELECT with P2 00 or 02 answers 9000 alone",
  ),
  /** Explorers send it; what came back was not published. */
  noNextOccurrence: unverified(
    "card-facts section 4",
    "SELECT of the next occurrence (P2 02 or 0E) answers 6A86",
  ),
  /** Seen beside 6A88. */
  absentObjectAnswers6A82: disputed("card-facts 2.7", "GET DATA of an absent object answers 6A82"),
  /** Some cards. */
  atrObjectNeedsApplication: disputed(
    "card-facts 2.7",
    "GET DATA 5F51 works in an application only",
  ),
  /** Missing on some cards. */
  noLowerCertificate: disputed("card-facts 2.7", "the card has no object 7F21"),
  /** JICSAP leaves it to the card. */
  noMultiRecordRead: disputed(
    "card-facts section 4",
    "READ RECORD from one to the last answers 6A81",
  ),
  /** Two statuses are listed for one mistake. */
  badSignatureLengthAnswers6700: disputed(
    "card-facts section 4",
    "80 2A with input of a wrong length answers 6700, not 6985",
  ),
  /** The length is implied by one verifier's default. */
  pssWithoutSalt: unverified("card-facts 4.1", "PSS signatures have an empty salt"),
  /** One measured revision answered 6A86 to every P1-P2 it tried. */
  terminalCertificateRefused: disputed("card-facts 0.3-5", "80 A2 answers 6A86 for every P1-P2"),
  /** No key was found that it works with. */
  noExternalAuthentication: unverified("card-facts 6.3", "EXTERNAL AUTHENTICATE answers 6A88"),
  /** 照合番号A was measured not to be enough, B was not stated. */
  sessionKeyTakesCodeB: unverified("card-facts 6.5", "SET SESSION KEY is open after 照合番号B"),
} as const satisfies Readonly<Record<string, QuirkProvenance>>;

export type QuirkName = keyof typeof QUIRKS;

/** The flags of one card; what is not named is off. */
export type Quirks = { readonly [name in QuirkName]?: boolean };
