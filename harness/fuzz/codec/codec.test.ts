import { describe, expect, it } from "vitest";
import { CodecError } from "../../../simulator/errors.ts";
import {
  encodeCommand,
  encodeResponse,
  encodeTlv,
  parseAtr,
  parseCommand,
  parseResponse,
  parseTlvs,
} from "../../../simulator/iso7816/index.ts";
import { found } from "../testing/found.ts";
import { atrProperties } from "./answers-to-reset.ts";
import { type ApduCodec, apduProperties } from "./apdus.ts";
import { codecTarget } from "./index.ts";
import { tlvProperties } from "./objects.ts";

const APDUS: ApduCodec = { encodeCommand, parseCommand, encodeResponse, parseResponse };

describe("fuzzing the codec", () => {
  it("finds nothing wrong with ours", async () => {
    const { properties } = await codecTarget.open("test");
    expect(await found(properties)).toEqual({});
    expect(properties.map(({ name }) => name)).toHaveLength(6);
  });

  it("finds a command parser that takes Le 00 for none", async () => {
    const broken: ApduCodec = {
      ...APDUS,
      parseCommand: (bytes) => {
        const command = parseCommand(bytes);
        return command.ne === 256 ? { ...command, ne: 0 } : command;
      },
    };
    const failures = await found(apduProperties(broken));
    expect(Object.keys(failures)).toEqual(["command-fields", "command-bytes"]);
  });

  it("finds a refusal without a code, and one that names a byte that is not there", async () => {
    const crashing: ApduCodec = {
      ...APDUS,
      parseResponse: (bytes) => {
        if (bytes.length < 2) throw new RangeError("out of bounds");
        return parseResponse(bytes);
      },
    };
    const pointing: ApduCodec = {
      ...APDUS,
      parseResponse: (bytes) => {
        throw new CodecError("APDU_INVALID", "never right", bytes.length + 1);
      },
    };
    expect(await found(apduProperties(crashing))).toEqual({
      "response-bytes": "refused with RangeError: out of bounds",
    });
    expect(await found(apduProperties(pointing))).toEqual({
      "response-bytes": "names byte 1 of 0",
    });
  });

  it("finds TLV objects that are passed over", async () => {
    const broken = { encodeTlv, parseTlvs: (bytes: Uint8Array) => parseTlvs(bytes).slice(0, 1) };
    expect((await found(tlvProperties(broken)))["tlv-objects"]).toMatch(
      /the objects end at \d+ of/,
    );
  });

  it("finds an ATR whose check byte nobody looks at", async () => {
    const lenient = (bytes: Uint8Array) => {
      const atr = parseAtr(bytes);
      return atr.tck === undefined ? atr : { ...atr, tck: 0 };
    };
    expect((await found(atrProperties(lenient)))["atr-bytes"]).toMatch(/put together again/);
  });
});
