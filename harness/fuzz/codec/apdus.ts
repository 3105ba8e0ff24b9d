/** Command and response APDUs (ISO/IEC 7816-4 5.1): fields there and back, and any bytes at all. */
import fc from "fast-check";
import { z } from "zod";
import {
  type CommandApdu,
  type CommandFields,
  encodeCommand,
  encodeResponse,
  fromHex,
  parseCommand,
  parseResponse,
  type ResponseApdu,
  toHex,
} from "../../../simulator/iso7816/index.ts";
import { hexBytes } from "../mutation.ts";
import { type FuzzProperty, property } from "../property.ts";
import { decoding } from "./rejection.ts";

/** What is under test; a test puts broken ones here. */
export interface ApduCodec {
  readonly encodeCommand: (fields: CommandFields) => Uint8Array;
  readonly parseCommand: (bytes: Uint8Array) => CommandApdu;
  readonly encodeResponse: (response: ResponseApdu) => Uint8Array;
  readonly parseResponse: (bytes: Uint8Array) => ResponseApdu;
}

const OURS: ApduCodec = { encodeCommand, parseCommand, encodeResponse, parseResponse };

const byte = fc.nat(255);
const length = (max: number) => fc.oneof(fc.nat(max), fc.constantFrom(0, 1, max - 1, max));

const fieldsSchema = z.strictObject({
  header: z.hex().length(8),
  data: z.hex(),
  ne: z.int().nonnegative(),
  extended: z.boolean(),
});

const fields = fc.boolean().chain((extended) =>
  fc.record({
    header: fc.tuple(byte, byte, byte, byte).map((bytes) => toHex(Uint8Array.from(bytes))),
    data: hexBytes(extended ? 700 : 255),
    ne: length(extended ? 65536 : 256),
    extended: fc.constant(extended),
  }),
);

export function apduProperties(codec: ApduCodec = OURS): FuzzProperty[] {
  return [commandFields(codec), commandBytes(codec), responseBytes(codec)];
}

function commandFields(codec: ApduCodec): FuzzProperty {
  return property({
    name: "command-fields",
    title: {
      ja: "コマンドAPDUの項目は往復で変わらない",
      en: "a command's fields survive a round trip",
    },
    schema: fieldsSchema,
    arbitrary: fields,
    show: ({ header, data, ne, extended }) => [
      `${header} data ${data || "none"}, Ne ${ne}${extended ? ", extended" : ""}`,
    ],
    judge: ({ header, data, ne, extended }) => {
      const [cla = 0, ins = 0, p1 = 0, p2 = 0] = fromHex(header);
      const sent = { cla, ins, p1, p2, data: fromHex(data), ne, extended };
      const back = codec.parseCommand(codec.encodeCommand(sent));
      // Without data and Le there is nothing to extend.
      const bare = data === "" && ne === 0;
      return differing(told({ ...sent, extended: extended && !bare }), told(back));
    },
  });
}

function commandBytes(codec: ApduCodec): FuzzProperty {
  return property({
    name: "command-bytes",
    title: {
      ja: "任意のバイト列は、元に戻せるコマンドか、位置の分かる拒否になる",
      en: "any bytes are a command that encodes back, or are refused with their place",
    },
    schema: z.hex(),
    arbitrary: fc.oneof(hexBytes(300), structured),
    show: (hex) => [`> ${hex}`],
    judge: (hex) => {
      const bytes = fromHex(hex);
      return decoding(bytes, codec.parseCommand, (command) =>
        differing(hex.toUpperCase(), toHex(codec.encodeCommand(command))),
      );
    },
  });
}

/** Bytes whose length fields nearly add up. */
const structured: fc.Arbitrary<string> = fc
  .tuple(
    hexBytes(4, 4),
    fc.constantFrom("", "00", "0000", "000001", "01", "05", "FF"),
    hexBytes(12),
  )
  .map((parts) => parts.join(""));

function responseBytes(codec: ApduCodec): FuzzProperty {
  return property({
    name: "response-bytes",
    title: {
      ja: "任意のバイト列は、元に戻せる応答か、位置の分かる拒否になる",
      en: "any bytes are a response that encodes back, or are refused with their place",
    },
    schema: z.hex(),
    arbitrary: hexBytes(300),
    show: (hex) => [`< ${hex}`],
    judge: (hex) =>
      decoding(fromHex(hex), codec.parseResponse, (response) =>
        differing(hex.toUpperCase(), toHex(codec.encodeResponse(response))),
      ),
  });
}

function told({ data, ...rest }: CommandApdu): string {
  return JSON.stringify({ ...rest, data: toHex(data) }, [
    "cla",
    "ins",
    "p1",
    "p2",
    "data",
    "ne",
    "extended",
  ]);
}

function differing(expected: string, actual: string): string[] {
  return expected === actual ? [] : [`${expected} came back as ${actual}`];
}
