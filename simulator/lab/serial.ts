/** 発行番号 as people type it. */
import { SimulatorError } from "../errors.ts";
import type { JpkiService } from "../pki/index.ts";

/**
 * Finds the certificate a typed serial number means. Hexadecimal as `openssl x509 -serial` prints it,
 * or decimal; `0x` says hexadecimal where both would fit.
 *
 * @throws SimulatorError PKI_SERIAL_UNKNOWN, PKI_SERIAL_AMBIGUOUS
 */
export function findSerial(text: string, jpki: JpkiService): number {
  const candidates = [...new Set(readings(text))].filter((serial) => isIssued(serial, jpki));
  const [serial, another] = candidates;
  if (serial === undefined) {
    throw new SimulatorError("PKI_SERIAL_UNKNOWN", `no CA of this world issued "${text}"`);
  }
  if (another === undefined) return serial;
  throw new SimulatorError(
    "PKI_SERIAL_AMBIGUOUS",
    `"${text}" is one certificate's number in hexadecimal and another's in decimal`,
  );
}

function readings(text: string): number[] {
  const hexadecimal = text.replace(/^0x/i, "").replaceAll(":", "");
  const found: number[] = [];
  if (/^[0-9a-f]{1,10}$/i.test(hexadecimal)) found.push(Number.parseInt(hexadecimal, 16));
  if (/^\d{1,12}$/.test(text)) found.push(Number(text));
  return found;
}

/** By whatever generation of CA, for a card or a smartphone. */
function isIssued(serial: number, jpki: JpkiService): boolean {
  try {
    return jpki.authorityOf(serial).has(serial);
  } catch (error) {
    if (error instanceof SimulatorError && error.code === "PKI_SERIAL_UNKNOWN") return false;
    throw error;
  }
}
