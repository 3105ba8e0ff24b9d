/**
 * Token information, EF 0006 of the JPKI AP: a serialised PKCS #11 CK_TOKEN_INFO of 160 bytes with
 * its text fields padded by spaces or NUL (card-facts 5.6).
 */

export const TOKEN_INFO_LENGTH = 160;

export interface TokenInfo {
  /** `JPKIAPICCTOKEN2` on the plastic card; phones have other labels. */
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  /** Sixteen digits. */
  readonly serialNumber: string;
  /** PKCS #11 flags. */
  readonly flags: number;
  readonly pinLength: { readonly min: number; readonly max: number };
  readonly hardwareVersion: string;
  readonly firmwareVersion: string;
}

/** @param bytes TOKEN_INFO_LENGTH of them */
export function parseTokenInfo(bytes: Uint8Array): TokenInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (offset: number, length: number) =>
    new TextDecoder("ascii").decode(bytes.subarray(offset, offset + length)).replace(/[ \0]+$/, "");
  return {
    label: text(0, 32),
    manufacturer: text(32, 32),
    model: text(64, 16),
    serialNumber: text(80, 16),
    flags: view.getUint32(96),
    pinLength: { max: view.getUint32(116), min: view.getUint32(120) },
    hardwareVersion: text(140, 2),
    firmwareVersion: text(142, 2),
  };
}
