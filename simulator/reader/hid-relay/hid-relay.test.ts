// Reports by hand from reader-facts 3.2, and the emulated board by those reports alone.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../iso7816/index.ts";
import { RelayBoard } from "./board.ts";
import {
  decodeRelayCommand,
  decodeRelayState,
  encodeRelayCommand,
  encodeRelayState,
} from "./report.ts";

const ON_1 = fromHex("00 FF 01 00 00 00 00 00 00");
const OFF_1 = fromHex("00 FD 01 00 00 00 00 00 00");
const ALL_ON = fromHex("00 FE 00 00 00 00 00 00 00");
const ALL_OFF = fromHex("00 FC 00 00 00 00 00 00 00");
const RENAME = fromHex("00 FA 4C 41 42 30 31 00 00");

describe("a relay board's reports", () => {
  it.each([
    [{ kind: "on", channel: 1 }, ON_1],
    [{ kind: "off", channel: 1 }, OFF_1],
    [{ kind: "on", channel: 8 }, fromHex("00 FF 08 00 00 00 00 00 00")],
    [{ kind: "all-on" }, ALL_ON],
    [{ kind: "all-off" }, ALL_OFF],
    [{ kind: "set-serial", serial: "LAB01" }, RENAME],
  ] as const)("say %o", (command, report) => {
    expect(encodeRelayCommand(command)).toEqual(report);
    expect(decodeRelayCommand(report)).toEqual(command);
  });

  it.each([
    ["without an id", "42 45 4E 43 48 00 00 05"],
    ["with the id asked for", "01 42 45 4E 43 48 00 00 05"],
    ["with id 0", "00 42 45 4E 43 48 00 00 05"],
  ])("tell a state %s", (_, hex) => {
    expect(decodeRelayState(fromHex(hex))).toEqual({ serial: "BENCH", on: new Set([1, 3]) });
  });

  it.each(["7F 42 45 4E 43 48 00 00 05", "42 45 4E", "", "00 00 00 00 00 00 00 00 00"])(
    "are no state: %s",
    (hex) => {
      expect(() => decodeRelayState(fromHex(hex))).toThrow(
        expect.objectContaining({ code: "HID_REPORT_INVALID" }),
      );
    },
  );

  it.each([
    "00 FF 00 00 00 00 00 00 00",
    "00 FF 09 00 00 00 00 00 00",
    "01 FF 01 00 00 00 00 00 00",
    "00 12 01 00 00 00 00 00 00",
    "00 FF 01",
  ])("are no command: %s", (hex) => {
    expect(() => decodeRelayCommand(fromHex(hex))).toThrow(
      expect.objectContaining({ code: "HID_REPORT_INVALID" }),
    );
  });

  it("have no ninth relay and no serial of four letters", () => {
    for (const command of [
      { kind: "on", channel: 9 },
      { kind: "off", channel: 0 },
      { kind: "set-serial", serial: "FOUR" },
    ] as const) {
      expect(() => encodeRelayCommand(command)).toThrow(/relay|serial/);
    }
  });

  it("tell every state as it was", () => {
    const states = fc.record({
      serial: fc.stringMatching(/^[!-~]{5}$/),
      on: fc.uniqueArray(fc.integer({ min: 1, max: 8 })).map((list) => new Set(list)),
    });
    fc.assert(
      fc.property(states, (state) => {
        expect(decodeRelayState(encodeRelayState(state))).toEqual(state);
      }),
    );
  });

  it("never fail but with their own code", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        for (const decode of [decodeRelayCommand, decodeRelayState]) {
          try {
            decode(bytes);
          } catch (error) {
            expect(error).toMatchObject({ code: "HID_REPORT_INVALID" });
          }
        }
      }),
    );
  });
});

describe("an emulated relay board", () => {
  const stateOf = async (board: RelayBoard) => toHex(await board.getFeatureReport(1));

  it("switches its relays and tells their state", async () => {
    const board = new RelayBoard();
    const switched: unknown[] = [];
    board.on("switched", (...what) => switched.push(what));
    await board.sendFeatureReport(ON_1);
    expect(await stateOf(board)).toBe("42454E4348000001");
    await board.sendFeatureReport(ALL_ON);
    expect(await stateOf(board)).toBe("42454E4348000003");
    await board.sendFeatureReport(OFF_1);
    await board.sendFeatureReport(ALL_OFF);
    expect(await stateOf(board)).toBe("42454E4348000000");
    expect(switched).toEqual([
      [1, true],
      [2, true],
      [1, false],
      [2, false],
    ]);
  });

  it("takes another name, and puts the id in front where the system does", async () => {
    const board = new RelayBoard({ idInFront: true });
    await board.sendFeatureReport(RENAME);
    expect(await stateOf(board)).toBe("014C41423031000000");
  });

  it("lets its relays fall off when it is unplugged", async () => {
    const board = new RelayBoard();
    await board.sendFeatureReport(ON_1);
    board.unplug();
    expect(board.energised.size).toBe(0);
    await expect(board.getFeatureReport(1)).rejects.toMatchObject({ code: "HID_UNPLUGGED" });
    board.replug();
    expect(await stateOf(board)).toBe("42454E4348000000");
  });

  it("fails once as it was told to", async () => {
    const board = new RelayBoard();
    board.arm("contact-welded");
    board.arm("wrong-report-id");
    await board.sendFeatureReport(ON_1);
    expect(await stateOf(board)).toBe("7F42454E4348000000");
    await board.sendFeatureReport(ON_1);
    expect(await stateOf(board)).toBe("42454E4348000001");
    board.arm("unplugged");
    await expect(board.sendFeatureReport(ON_1)).rejects.toMatchObject({ code: "HID_UNPLUGGED" });
  });
});
