/** Numbers of the PN53x host interface (NXP UM0701-02 section 7; reader-facts 4.2). */

export const HOST_TO_CHIP = 0xd4;
export const CHIP_TO_HOST = 0xd5;

export const COMMAND = {
  diagnose: 0x00,
  getFirmwareVersion: 0x02,
  getGeneralStatus: 0x04,
  readRegister: 0x06,
  writeRegister: 0x08,
  setSerialBaudRate: 0x10,
  setParameters: 0x12,
  samConfiguration: 0x14,
  powerDown: 0x16,
  /** RC-S620/S only: a reset of the chip by command. */
  reset: 0x18,
  rfConfiguration: 0x32,
  inDataExchange: 0x40,
  inCommunicateThru: 0x42,
  inDeselect: 0x44,
  inListPassiveTarget: 0x4a,
  inRelease: 0x52,
  inSelect: 0x54,
  inAutoPoll: 0x60,
} as const;

/** InListPassiveTarget's BrTy: 106 kbit/s is all a PN532 knows of ISO/IEC 14443. */
export const MODULATION = { typeA: 0x00, typeB: 0x03 } as const;

export const RF_ITEM = {
  field: 0x01,
  timings: 0x02,
  exchangeRetries: 0x04,
  retries: 0x05,
} as const;

/** Bits of the target byte that goes out and of the status byte that comes back. */
export const MORE = 0x40;
export const STATUS_ERROR = 0x3f;

/** The most InDataExchange carries in one frame, each way. */
export const DATA_MAX = 262;

/** Position in the list is what SetSerialBaudRate calls the rate. */
export const BAUD_RATES = [
  9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600, 1288000,
] as const;

export type BaudRate = (typeof BAUD_RATES)[number];

/** The rate after a reset. */
export const FIRST_BAUD_RATE: BaudRate = 115200;

export const STATUS = {
  ok: 0x00,
  timeout: 0x01,
  protocol: 0x0b,
  badParameter: 0x10,
  wrongContext: 0x27,
  cardGone: 0x2b,
} as const;

const MEANINGS: Readonly<Record<number, string>> = {
  1: "the card did not answer",
  2: "CRC error on the air",
  3: "parity error on the air",
  4: "wrong bit count during anticollision",
  5: "framing error on the air",
  6: "bit collision",
  7: "communication buffer too small",
  9: "RF buffer overflow",
  10: "RF field not switched on in time",
  11: "RF protocol error",
  13: "antenna drivers overheated",
  14: "internal buffer overflow",
  16: "parameter out of range",
  18: "unknown DEP command",
  19: "data format not as specified",
  20: "authentication error",
  35: "wrong UID check byte",
  37: "wrong DEP state",
  38: "not allowed in this configuration",
  39: "not acceptable in the current context",
  41: "target released",
  42: "another card lies there",
  43: "the card disappeared",
  44: "NFCID3 mismatch",
  45: "over-current",
  46: "NAD missing",
};

export function describeStatus(status: number): string {
  const code = status.toString(16).toUpperCase().padStart(2, "0");
  return `${code}: ${MEANINGS[status] ?? "unknown status"}`;
}
