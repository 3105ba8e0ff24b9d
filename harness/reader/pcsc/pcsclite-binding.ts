/**
 * PC/SC by the package `pcsclite` (reader-facts 2.2, 2.3). A connection that broke is not mended:
 * pcsclite's `connected` stays true after a removal or a reset, and it knows neither reconnect nor
 * transactions. Whoever uses it ends the process instead.
 */
import { BenchError } from "../../errors.ts";
import type { ReaderEntry } from "../reader.ts";
import { type PcscBinding, type PcscConnection, RESPONSE_MAX } from "./binding.ts";
import type { PcscliteReader } from "./pcsclite.ts";
import { type WatchedReader, watchReaders } from "./pcsclite-readers.ts";
import type { PcscShareMode } from "./protocol.ts";

/** @throws BenchError PCSC_PACKAGE_MISSING, PCSC_LIBRARY_MISSING, PCSC_SERVICE_STOPPED ... */
export async function pcscliteBinding(): Promise<PcscBinding> {
  const readers = await watchReaders();
  return {
    list: async () => Promise.all([...readers.current()].map(entryOf)),
    connect: async (name, share) => {
      const watched = readers.current().get(name);
      if (watched === undefined)
        throw new BenchError("READER_NOT_FOUND", `no reader named ${name}`);
      return PcscliteConnection.open(watched, share);
    },
  };
}

async function entryOf([name, watched]: [string, WatchedReader]): Promise<ReaderEntry> {
  const atr = await watched.look();
  return atr === undefined ? { name } : { name, atr };
}

class PcscliteConnection implements PcscConnection {
  readonly atr: Uint8Array;
  readonly #watched: WatchedReader;
  readonly #reader: PcscliteReader;
  readonly #share: PcscShareMode;
  /** As negotiated; to be passed on with every command. */
  #protocol: number;

  private constructor(
    watched: WatchedReader,
    share: PcscShareMode,
    protocol: number,
    atr: Uint8Array,
  ) {
    this.#watched = watched;
    this.#reader = watched.reader;
    this.#share = share;
    this.#protocol = protocol;
    this.atr = atr;
  }

  static async open(watched: WatchedReader, share: PcscShareMode): Promise<PcscliteConnection> {
    const protocol = await connect(watched.reader, share);
    const atr = share === "direct" ? await watched.look() : await watched.cardAtr();
    return new PcscliteConnection(watched, share, protocol, atr ?? new Uint8Array(0));
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const response = await new Promise<Buffer>((resolve, reject) => {
      const done = settle(resolve, reject);
      this.#reader.transmit(Buffer.from(command), RESPONSE_MAX, this.#protocol, done);
    });
    return Uint8Array.from(response);
  }

  cardGone(patience: number): Promise<boolean> {
    return this.#watched.cardGone(patience);
  }

  async control(code: number, data: Uint8Array): Promise<Uint8Array> {
    const input = Buffer.from(data);
    const output = await new Promise<Buffer>((resolve, reject) => {
      this.#reader.control(input, code, RESPONSE_MAX, settle(resolve, reject));
    });
    // The addon holds a bare pointer to the input; naming it here keeps it alive until now.
    void input;
    return Uint8Array.from(output);
  }

  /** Without SCardReconnect: for a moment between the two calls the card is anybody's. */
  async reset(kind: "warm" | "cold"): Promise<Uint8Array> {
    await this.disconnect(kind === "cold" ? "cut" : "reset");
    this.#protocol = await connect(this.#reader, this.#share);
    return this.#watched.cardAtr();
  }

  async disconnect(disposition: "cut" | "reset" | "keep"): Promise<void> {
    const { SCARD_UNPOWER_CARD, SCARD_RESET_CARD, SCARD_LEAVE_CARD } = this.#reader;
    const codes = { cut: SCARD_UNPOWER_CARD, reset: SCARD_RESET_CARD, keep: SCARD_LEAVE_CARD };
    await new Promise<void>((resolve, reject) => {
      this.#reader.disconnect(codes[disposition], settle(resolve, reject));
    });
  }
}

function connect(reader: PcscliteReader, share: PcscShareMode): Promise<number> {
  const modes = {
    shared: reader.SCARD_SHARE_SHARED,
    exclusive: reader.SCARD_SHARE_EXCLUSIVE,
    direct: reader.SCARD_SHARE_DIRECT,
  };
  const protocol = share === "direct" ? 0 : reader.SCARD_PROTOCOL_T0 | reader.SCARD_PROTOCOL_T1;
  return new Promise((resolve, reject) => {
    reader.connect({ share_mode: modes[share], protocol }, settle(resolve, reject));
  });
}

function settle<T>(resolve: (value: T) => void, reject: (error: Error) => void) {
  return (error: Error | null | undefined, value: T) => {
    if (error) reject(error);
    else resolve(value);
  };
}
