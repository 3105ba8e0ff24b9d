/**
 * Commands and answers in the air: how many I-blocks of T=CL one takes when frames are small, and
 * how long that lasts (ISO/IEC 14443-4 7.1 and 7.5.2; reader-facts 5.5, 6.1). Blocks themselves are
 * in contactless/, for readers that let a client see them.
 */

/** PCB in front and two bytes of CRC_B behind. */
const FRAME_OVERHEAD = 3;
/** Ten bits a byte at 106 kbit/s. */
const MILLISECONDS_A_BYTE = 0.0944;
/** UNVERIFIED: guard times around a frame, taken from the minima of the standard. */
const MILLISECONDS_A_FRAME = 0.5;

/**
 * The parts one APDU is sent in.
 *
 * @param frame greatest frame of the receiving side, 16 to 256 bytes, checksum included
 */
export function toParts(apdu: Uint8Array, frame: number): Uint8Array[] {
  const room = frame - FRAME_OVERHEAD;
  const count = Math.max(1, Math.ceil(apdu.length / room));
  return Array.from({ length: count }, (_, i) => apdu.subarray(i * room, (i + 1) * room));
}

/** Milliseconds at 106 kbit/s, with the R(ACK) that answers every part but the last. */
export function airTime(parts: readonly Uint8Array[]): number {
  const inf = parts.reduce((sum, part) => sum + part.length, 0);
  const frames = 2 * parts.length - 1;
  return (inf + frames * FRAME_OVERHEAD) * MILLISECONDS_A_BYTE + frames * MILLISECONDS_A_FRAME;
}
