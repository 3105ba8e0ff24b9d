import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchDevice } from "./hang-up.ts";

let folder: string;
let device: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-hang-up-"));
  device = join(folder, "ttyUSB0");
  writeFileSync(device, "");
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Waits until the watch has told. */
const told = (gone: () => void) =>
  vi.waitFor(() => expect(gone).toHaveBeenCalledOnce(), { timeout: 10_000 });

it("tells of a device that is not there any more", async () => {
  const gone = vi.fn();
  await watchDevice(device, gone);
  rmSync(device);
  await told(gone);
});

it("tells of another device under the same name", async () => {
  const gone = vi.fn();
  await watchDevice(device, gone);
  writeFileSync(join(folder, "other"), "");
  renameSync(join(folder, "other"), device);
  await told(gone);
});

it("tells nothing of a device that stays, or after the watch has ended", async () => {
  const [stays, ended, gone] = [vi.fn(), vi.fn(), vi.fn()];
  const left = join(folder, "left");
  writeFileSync(left, "");
  const stop = await watchDevice(device, stays);
  (await watchDevice(left, ended))();
  await watchDevice(left, gone);
  rmSync(left);
  await told(gone);
  expect([stays.mock.calls, ended.mock.calls]).toEqual([[], []]);
  stop();
});

it("looks after nothing that is no file, as a port on Windows", async () => {
  const [nothing, gone] = [vi.fn(), vi.fn()];
  await watchDevice(join(folder, "COM3"), nothing);
  await watchDevice(device, gone);
  rmSync(device);
  await told(gone);
  expect(nothing).not.toHaveBeenCalled();
});
