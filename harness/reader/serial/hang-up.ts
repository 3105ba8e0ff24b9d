/**
 * Notices that a serial device went away. The serialport package tells of it, but for one case: where
 * the device goes while a read is under way, the read gives nothing, and the package reads again, for
 * ever (unix-read of its bindings takes no bytes at all for "not yet"). Measured on a pty: one time
 * in forty.
 */
import { stat } from "node:fs/promises";

const LOOK_EVERY = 200;

/**
 * Looks now and then whether `path` is still the device it is now. What is no file to begin with, as
 * a port on Windows, is not looked after.
 *
 * @param gone called once
 * @returns ends the watch
 */
export async function watchDevice(path: string, gone: () => void): Promise<() => void> {
  const device = await fileAt(path);
  if (device === undefined) return () => undefined;
  let watching = true;
  const stop = () => {
    watching = false;
    clearInterval(timer);
  };
  const look = async () => {
    const there = (await fileAt(path)) === device;
    if (there || !watching) return;
    stop();
    gone();
  };
  const timer = setInterval(look, LOOK_EVERY).unref();
  return stop;
}

async function fileAt(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ ino }) => ino,
    () => undefined,
  );
}
