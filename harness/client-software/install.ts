/**
 * Installs the browser edition on this machine: an unpacked extension, the native host's settings and
 * starter, and the manifest by which a browser of Chromium's kind finds the host.
 */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import {
  type ClientSoftwareProfile,
  extensionFiles,
  extensionId,
  hostManifest,
} from "../../simulator/client-software/index.ts";
import { BenchError } from "../errors.ts";
import type { HostSettingsFile } from "./host-settings.ts";

/** Pages of this machine, whatever their port. */
export const LOOPBACK_PAGES = ["http://127.0.0.1/*", "http://localhost/*"] as const;

export interface InstallOptions {
  /** Folder for the extension, the starter and the settings. */
  readonly folder: string;
  /** The browser's user data directory; its manifests of hosts lie in `NativeMessagingHosts`. */
  readonly browser: string;
  readonly profile: ClientSoftwareProfile;
  /** Pages the extension serves, as match patterns. */
  readonly matches: readonly string[];
  readonly settings: HostSettingsFile;
  /** The jpki-bench command: program and first words. */
  readonly command: readonly string[];
}

export interface Installed {
  /** Folder to load as an unpacked extension. */
  readonly extension: string;
  readonly extensionId: string;
  /** The host's manifest. */
  readonly manifest: string;
  readonly settings: string;
}

/** @throws BenchError FILE_UNWRITABLE */
export async function installClientSoftware(options: InstallOptions): Promise<Installed> {
  const { profile, matches } = options;
  const folder = resolve(options.folder);
  const extension = join(folder, "extension");
  for (const [path, text] of await extensionFiles({ profile, matches })) {
    await write(join(extension, path), text);
  }
  const settings = join(folder, "host.json");
  await write(settings, JSON.stringify(options.settings, undefined, 2));
  const starter = join(folder, "native-host");
  await write(starter, starterText([...options.command, "native-host", "--settings", settings]));
  await chmod(starter, 0o755);
  const manifest = join(hostsFolder(options.browser), `${profile.hostName}.json`);
  await write(manifest, JSON.stringify(hostManifest(profile, starter), undefined, 2));
  return { extension, extensionId: extensionId(profile), manifest, settings };
}

function hostsFolder(browser: string): string {
  return join(resolve(browser), "NativeMessagingHosts");
}

/** A browser starts a program with words of its own and none of ours. */
function starterText(words: readonly string[]): string {
  return `#!/bin/sh\nexec ${words.map(quoted).join(" ")} "$@"\n`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (cause) {
    throw new BenchError("FILE_UNWRITABLE", `${path} cannot be written`, { cause });
  }
}
