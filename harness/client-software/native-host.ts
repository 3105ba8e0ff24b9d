/**
 * The native host with a real reader: the reader of a project of the bench, guarded as everywhere. A
 * card is a stranger unless the project declares it the test card; a stranger's PINs are left alone.
 */
import { randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import {
  ClientSoftwareError,
  extensionId,
  serveHost,
} from "../../simulator/client-software/index.ts";
import { BenchError } from "../errors.ts";
import { guarded, type Reader, traced } from "../reader/index.ts";
import { physicalStation } from "../scenario/stations/physical.ts";
import { mkpfAdmission } from "./admission.ts";
import { cardDesk, type ReaderLoan } from "./card-desk.ts";
import type { HostSettings } from "./host-settings.ts";

/** Serves the browser until it lets go. @throws ClientSoftwareError requestInvalid for broken framing */
export async function runNativeHost(
  settings: HostSettings,
  streams: { readonly input: Readable; readonly output: Writable },
): Promise<void> {
  const { mkpf, anchors, profile } = settings;
  const log = logTo(settings.log);
  await serveHost(streams.input, streams.output, {
    profile,
    admission: mkpfAdmission({ issuer: mkpf, sink: (trace) => log(JSON.stringify(trace)) }),
    desk: cardDesk({ loan: loanOf(settings, log), anchors, nonce }),
    log,
  });
}

/**
 * The browser says who starts the host; its manifest settles that already, this settles it again.
 *
 * @param words of the command line
 * @throws ClientSoftwareError hostForbidden
 */
export function requireOwnExtension({ profile }: HostSettings, words: readonly string[]): void {
  const callers = words.filter((word) => word.startsWith("chrome-extension://"));
  const own = `chrome-extension://${extensionId(profile)}/`;
  if (callers.every((caller) => caller === own)) return;
  throw new ClientSoftwareError("hostForbidden");
}

function loanOf({ project }: HostSettings, log: (line: string) => void): ReaderLoan {
  const policy = project.testCard === undefined ? {} : { testCard: project.testCard.id };
  return async (use) => {
    const bare = await readerOf(project);
    const reader = guarded(
      traced(bare, (record) => log(JSON.stringify(record))),
      policy,
    );
    try {
      await reader.open();
      return await use(reader);
    } finally {
      await letGo(reader);
    }
  };
}

async function readerOf({ reader }: HostSettings["project"]): Promise<Reader> {
  if (reader.driver !== "pcsc") {
    throw new BenchError("READER_NOT_FOUND", "a native host needs a PC/SC reader");
  }
  return physicalStation(reader.name).insert(undefined);
}

/** What a PIN has opened is closed again, whoever uses the card next. */
async function letGo(reader: Reader): Promise<void> {
  await reader.reset("cold").catch(() => undefined);
  await reader.close();
}

function nonce(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}

function logTo(file: string | undefined): (line: string) => void {
  return file === undefined ? () => {} : (line) => appendFileSync(file, `${line}\n`);
}
