/**
 * The native host with a reader of the bench: that of a project, guarded as everywhere, or one of a
 * running lab. A physical card is a stranger unless the project declares it the test card; a stranger's
 * PINs are left alone.
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
import { guarded } from "../guard/index.ts";
import {
  bridgedPn532Reader,
  openPcscReader,
  type Reader,
  serialReader,
  traced,
} from "../reader/index.ts";
import { namePattern } from "../reader/pcsc/readers.ts";
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

function loanOf({ reader: place }: HostSettings, log: (line: string) => void): ReaderLoan {
  const policy =
    "lab" in place || place.testCard === undefined ? {} : { testCard: place.testCard.id };
  return async (use) => {
    const bare = await readerAt(place);
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

async function readerAt(place: HostSettings["reader"]): Promise<Reader> {
  // Loaded when named: a browser starts a host for every request, and the lab is large.
  if ("lab" in place) return (await import("./lab-reader.ts")).labReader(place);
  const { reader } = place;
  if (reader.driver === "pcsc") {
    return openPcscReader({ name: namePattern(reader.name), physical: true });
  }
  if (reader.driver === "simulated") {
    throw new BenchError("READER_NOT_FOUND", "a native host needs a reader that others can see");
  }
  if (reader.driver === "mcp2221a") {
    return bridgedPn532Reader({ device: reader.device, physical: true });
  }
  const { driver, emulator: _, ...line } = reader;
  return serialReader(driver, { ...line, physical: true });
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
