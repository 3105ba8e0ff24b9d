/** Whether a program is installed. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** @param path the folders to look in, as in the environment variable */
export function isInstalled(command: string, path = process.env.PATH ?? ""): boolean {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .some((folder) => isExecutable(join(folder, command)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
