/**
 * Disks and stores that break the product's promises, to show that a hunt finds out. Loaded into a
 * victim before everything else; `KILL_PLANT` says which:
 *
 * - `late`: what was saved gets its name only some time after the answer.
 * - `once`: what a command saved is written once, when its answer is about to leave: a PIN is compared
 *   before its try is written down.
 * - `in-place`: the file is written over instead of being replaced.
 */
import fs, { type PathLike } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { Socket } from "node:net";

/** Milliseconds. */
const LATE = 50;

const { openSync, renameSync } = fs;

/** A second save may have taken the draft of the first, and its name with it. */
function renameIfThere(from: PathLike, to: PathLike): void {
  if (fs.existsSync(from)) renameSync(from, to);
}

const PLANTS: Readonly<Record<string, () => void>> = {
  late: () => {
    fs.renameSync = (from, to) => void setTimeout(() => renameIfThere(from, to), LATE);
  },
  once: () => {
    let pending: (() => void) | undefined;
    fs.renameSync = (from, to) => {
      pending = () => renameIfThere(from, to);
    };
    const { write } = Socket.prototype;
    Socket.prototype.write = function (this: Socket, ...words: unknown[]): boolean {
      pending?.();
      pending = undefined;
      return Reflect.apply(write, this, words);
    };
  },
  "in-place": () => {
    fs.openSync = (path, flags, mode) => openSync(String(path).replace(/\.new$/, ""), flags, mode);
    fs.renameSync = () => undefined;
  },
};

PLANTS[process.env.KILL_PLANT ?? ""]?.();
syncBuiltinESMExports();
