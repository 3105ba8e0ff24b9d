/**
 * What a virtual reader needs from a card: power, reset and one command at a time. `SimulatedCard`
 * fits this shape; so does anything a test cares to write.
 */

export interface VirtualCard {
  /** Answer to reset, known without powering the card anew. */
  readonly atr: Uint8Array;
  /** Cold start. Gives the answer to reset. */
  powerOn(): Uint8Array;
  powerOff(): void;
  /** Warm reset. Gives the answer to reset. */
  reset(): Uint8Array;
  /**
   * Answers one command APDU with one response APDU. A card may take its time and give a promise;
   * one that never settles is a mute card.
   */
  transmit(command: Uint8Array): Uint8Array | Promise<Uint8Array>;
}
