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
 * How many parts an APDU is sent in.
 *
 * @param length its bytes
 * @param frame greatest frame of the receiving side, 16 to 256 bytes, checksum included
 */
export function countParts(length: number, frame: number): number {
  return Math.max(1, Math.ceil(length / (frame - FRAME_OVERHEAD)));
}

/** Milliseconds at 106 kbit/s, with the R(ACK) that answers every part but the last. */
export function airTime(length: number, parts: number): number {
  const frames = 2 * parts - 1;
  return (length + frames * FRAME_OVERHEAD) * MILLISECONDS_A_BYTE + frames * MILLISECONDS_A_FRAME;
}
