/**
 * The sessions `jpki-bench record` can hold by itself. `reading` is what any card lets everybody read
 * and changes nothing; `signing` also presents the 利用者証明用 PIN, once, and signs.
 */
import { fromHex } from "../../simulator/iso7816/index.ts";
import { cardIdentity, JpkiClient, type Secret } from "../card/index.ts";
import { BenchError } from "../errors.ts";
import type { Reader } from "../reader/index.ts";

export const SESSIONS = ["reading", "signing"] as const;

export type SessionName = (typeof SESSIONS)[number];

const SELECT_TEXT = "00A4040C0AD3921000310001010408";
const SELECT_VISUAL = "00A4040C0AD3921000310001010402";

/**
 * Read for their own sake; any status is an answer (card-facts 2.3, 2.4, 2.7). Data objects come
 * first, while the card has just got power and nothing is selected.
 */
const OBJECTS = ["00CA004200", "00CA006600", "00CA00F700", "00CA5F5100"];
const OTHER_APPLICATIONS = [
  ...[SELECT_TEXT, "00A4020C020005", "00B000001F", "00A4020C020011", "00200080"],
  ...[SELECT_VISUAL, "00A4020C020003", "00B0000023"],
];

/**
 * Holds a session and closes the reader.
 *
 * @param pin 利用者証明用, for `signing`
 * @returns the card's identity; undefined for a card that does not tell
 * @throws BenchError SCENARIO_NEEDS for `signing` without a PIN; what the reader and the guard throw
 */
export async function holdSession(
  name: SessionName,
  reader: Reader,
  pin?: Secret,
): Promise<string | undefined> {
  if (name === "signing" && pin === undefined) {
    throw new BenchError("SCENARIO_NEEDS", "to record a signature the auth PIN has to be known");
  }
  try {
    await reader.open();
    await reader.reset("cold");
    await sendAll(reader, OBJECTS);
    const identity = await readJpki(reader);
    if (name === "signing" && pin !== undefined) await sign(reader, pin);
    else await sendAll(reader, OTHER_APPLICATIONS);
    return identity;
  } finally {
    await reader.close();
  }
}

async function sendAll(reader: Reader, commands: readonly string[]): Promise<void> {
  for (const command of commands) await reader.transmit(fromHex(command));
}

async function readJpki(reader: Reader): Promise<string | undefined> {
  const jpki = new JpkiClient(reader);
  await answered(jpki.select());
  await answered(jpki.tokenInfo());
  await answered(jpki.certificateAvailability());
  await answered(jpki.triesLeft("auth"));
  await answered(jpki.triesLeft("sign"));
  const certificate = await answered(jpki.authCertificate());
  return certificate && cardIdentity(certificate);
}

async function sign(reader: Reader, pin: Secret): Promise<void> {
  const jpki = new JpkiClient(reader);
  await jpki.select();
  await jpki.verifyAuthPin(pin);
  await jpki.signWithAuthKey({ sha256: new Uint8Array(32) });
}

/** A refusal is an answer too, and recorded as one. */
async function answered<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof BenchError && error.code.startsWith("CARD_")) return undefined;
    throw error;
  }
}
