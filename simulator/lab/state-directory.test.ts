import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StateDirectory } from "./state-directory.ts";

let path: string;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "jpki-state-")), "lab");
});

afterEach(() => {
  rmSync(join(path, ".."), { recursive: true });
});

describe("a state directory", () => {
  it("gives back what was written, to its owner only", () => {
    const state = new StateDirectory(path);
    state.write("world.json", '{"a":1}');
    expect(state.readJson("world.json")).toEqual({ a: 1 });
    expect(statSync(state.file("world.json")).mode & 0o777).toBe(0o600);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it("knows nothing of a file that is not there", () => {
    expect(new StateDirectory(path).readJson("world.json")).toBeUndefined();
  });

  it("names the file it cannot read", () => {
    const state = new StateDirectory(path);
    writeFileSync(state.file("world.json"), "{");
    expect(() => state.readJson("world.json")).toThrow(
      expect.objectContaining({ code: "STATE_INVALID", message: expect.stringContaining(path) }),
    );
  });

  it("is refused while another live process has it", () => {
    const state = new StateDirectory(path);
    // Process 1 lives as long as the machine does.
    state.announce({ pid: 1 });
    expect(() => state.lock()).toThrow(expect.objectContaining({ code: "STATE_IN_USE" }));
  });

  it("is free again when its holder is gone", () => {
    const state = new StateDirectory(path);
    // Above the largest process id Linux gives (2^22).
    state.announce({ pid: 2 ** 30 });
    expect(state.runningLab()).toBeUndefined();
    state.lock();
    expect(state.runningLab()).toEqual({ pid: process.pid });
    state.unlock();
    expect(state.runningLab()).toBeUndefined();
  });

  it.skipIf(process.platform !== "linux")(
    "is free again when the number of its holder has gone to another process",
    () => {
      const state = new StateDirectory(path);
      state.write("lab.json", JSON.stringify({ pid: 1, born: "before the last start" }));
      expect(state.runningLab()).toBeUndefined();
      state.lock();
      expect(state.runningLab()).toEqual({ pid: process.pid });
    },
  );
});
