import { describe, expect, it } from "vitest";
import { PcscCardReader } from "./pcsc-reader.ts";
import { chooseReader } from "./readers.ts";

// Names as pcscd gives them (reader-facts 4.4).
const CL = "ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] 00 00";
const SAM = "ACS ACR1252 Dual Reader [ACR1252 Dual Reader SAM] 01 00";
const PASORI = "SONY FeliCa RC-S300/P (1234567) 02 00";
const NAMES = [CL, SAM, PASORI];

describe("chooseReader", () => {
  it("takes a part of a name, or a pattern", () => {
    expect(chooseReader(NAMES, "RC-S300")).toBe(PASORI);
    expect(chooseReader(NAMES, /acr1252.*picc/i)).toBe(CL);
  });

  it("does not depend on where a pattern was used before", () => {
    const pattern = /RC-S300/g;
    expect(chooseReader(NAMES, pattern)).toBe(PASORI);
    expect(chooseReader(NAMES, pattern)).toBe(PASORI);
  });

  it("takes a whole name for that reader even where it is part of another", () => {
    expect(chooseReader(["Reader 0", "Reader 00"], "Reader 0")).toBe("Reader 0");
  });

  it("names the readers there are when none matches", () => {
    expect(() => chooseReader(NAMES, "SCR3310")).toThrow(
      expect.objectContaining({ code: "READER_NOT_FOUND", message: expect.stringContaining(CL) }),
    );
    expect(() => chooseReader([], "SCR3310")).toThrow(
      expect.objectContaining({ code: "READER_NOT_FOUND" }),
    );
  });

  it("names those that match when there are several", () => {
    expect(() => chooseReader(NAMES, "ACR1252")).toThrow(
      expect.objectContaining({ code: "READER_AMBIGUOUS", message: expect.stringContaining(SAM) }),
    );
  });
});

describe("a PC/SC reader that is not open", () => {
  const reader = new PcscCardReader({ name: PASORI, physical: true });

  it("refuses everything but to be closed", async () => {
    const refused = { code: "READER_NOT_OPEN" };
    await expect(reader.transmit(new Uint8Array(4))).rejects.toMatchObject(refused);
    await expect(reader.reset("cold")).rejects.toMatchObject(refused);
    await expect(reader.control(1, new Uint8Array(4))).rejects.toMatchObject(refused);
    await expect(reader.close()).resolves.toBeUndefined();
    await expect(reader.close()).resolves.toBeUndefined();
  });

  it.each([0, 1, 3, 65536])("never sends a command of %i bytes", async (length) => {
    await expect(reader.transmit(new Uint8Array(length))).rejects.toMatchObject({
      code: "READER_TRANSPORT",
    });
  });
});
