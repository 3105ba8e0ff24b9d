/** The settings of a reader on a line of its own: `reader: { driver: "pn532", device: "/dev/ttyUSB0" }`. */
import { z } from "zod";
import { BAUD_RATES, type BaudRate } from "../../simulator/reader/pn532/index.ts";

const device = z.string().min(1);

const baudRate = z
  .number()
  .refine((rate): rate is BaudRate => BAUD_RATES.some((known) => known === rate), {
    error: `should be one of ${BAUD_RATES.join(", ")}`,
  });

export const pn53xReader = z.strictObject({
  driver: z.enum(["pn532", "rcs620s"]),
  /** Path of the serial device. */
  device,
  /** Bits a second while a card is in use. Default 115200. */
  baudRate: baudRate.optional(),
  /** The far end of a pty pair, on which the bench emulates the reader with its simulated card. */
  emulator: device.optional(),
});

export const twn4Reader = z.strictObject({
  driver: z.literal("twn4"),
  device,
  /** `reader`: the module makes blocks of commands, of 255 bytes at most. Default `host`. */
  framing: z.enum(["host", "reader"]).optional(),
  emulator: device.optional(),
});

/** A PN532 on I2C, behind a USB bridge: a HID device, and so without a driver to install. */
export const bridgedReader = z.strictObject({
  driver: z.literal("mcp2221a"),
  /** Path of the bridge as `jpki-bench readers` lists it; may be left out where there is one only. */
  device: device.optional(),
});

export type SerialReaderConfig = z.infer<typeof pn53xReader> | z.infer<typeof twn4Reader>;
