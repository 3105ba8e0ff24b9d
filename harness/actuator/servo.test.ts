// The servo's line protocol, in the words of its description, against a board in memory.
import { beforeEach, describe, expect, it } from "vitest";
import { EmulatedLine } from "../reader/serial/testing/emulated-line.ts";
import { LineDecoder } from "./lines.ts";
import { servo } from "./servo.ts";
import { ServoBoard } from "./testing/servo-board.ts";

let line: EmulatedLine<ServoBoard>;

beforeEach(() => {
  line = new EmulatedLine((send) => new ServoBoard(send));
});

const driver = () => servo({ device: "/dev/ttyACM0", openLine: line.open, deadline: 100 });

describe("a servo on a serial line", () => {
  it("waits until the board listens, and until each movement is over", async () => {
    const servo = driver();
    expect([...servo.can]).toEqual(["present", "remove"]);
    expect(await servo.perform("present")).toBe("OK PRESENT");
    expect(await servo.perform("remove")).toBe("OK REMOVE");
    expect(line.reader.moved).toEqual(["HELLO", "PRESENT", "REMOVE"]);
    expect(line.rate).toBe(9600);
    await servo.close();
    expect(line.rate).toBeUndefined();
  });

  it("understands a line that cuts everything into single bytes", async () => {
    line.cut = true;
    expect(await driver().perform("remove")).toBe("OK REMOVE");
  });

  it.each([
    ["says that it is stuck", "ERR stuck\n", "ACTUATOR_FAILED"],
    ["answers something else", "OK PRESENT\n", "ACTUATOR_FAILED"],
    ["says nothing", undefined, "ACTUATOR_DEADLINE"],
  ] as const)("that %s has failed, and is asked anew the next time", async (_, answer, code) => {
    const servo = driver();
    line.reader.instead.set("REMOVE", answer);
    await expect(servo.perform("remove")).rejects.toMatchObject({ code });
    expect(line.rate).toBeUndefined();
    line.reader.instead.clear();
    expect(await servo.perform("remove")).toBe("OK REMOVE");
  });

  it("that is unplugged is lost, and found when it is back", async () => {
    const servo = driver();
    await servo.perform("present");
    line.unplug();
    await expect(servo.perform("remove")).rejects.toMatchObject({ code: "ACTUATOR_LOST" });
    expect(await servo.perform("remove")).toBe("OK REMOVE");
  });

  it("whose board never says that it listens is given up", async () => {
    line.reader.instead.set("HELLO", undefined);
    await expect(driver().perform("present")).rejects.toMatchObject({ code: "ACTUATOR_DEADLINE" });
    expect(line.rate).toBeUndefined();
  });
});

describe("lines", () => {
  it("that never end take no more than their room", () => {
    const decoder = new LineDecoder();
    expect(decoder.push(new Uint8Array(100_000).fill(0x41))).toEqual([]);
    expect(decoder.push(Uint8Array.of(0x0a))[0]).toHaveLength(200);
    expect(decoder.push(new TextEncoder().encode("A\r\nB\nC"))).toEqual(["A", "B"]);
  });
});
