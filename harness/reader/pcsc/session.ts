/**
 * One connection to the card in one reader, within the host process. The bench ends the process
 * instead of mending a connection that broke: pcsclite's `connected` stays true after a removal or a
 * reset, and it knows no reconnect (reader-facts 2.2, 2.3).
 */
import { BenchError } from "../../errors.ts";
import type { PcscliteReader } from "./pcsclite.ts";
import type { PcscReaderEntry, ShareMode } from "./protocol.ts";
import { type WatchedReader, watchReaders } from "./service.ts";

/** An extended response: 65536 bytes and the status word. */
const RESPONSE_MAX = 65538;

interface Connection {
  readonly watched: WatchedReader;
  readonly reader: PcscliteReader;
  readonly share: ShareMode;
  /** As negotiated; to be passed on with every command. */
  protocol: number;
}

export class PcscSession {
  #connection: Connection | undefined;

  async list(): Promise<PcscReaderEntry[]> {
    const readers = await watchReaders();
    return Promise.all(
      [...readers].map(async ([name, watched]) => {
        const atr = await watched.look();
        return atr === undefined ? { name } : { name, atr };
      }),
    );
  }

  async connect(name: string, share: ShareMode): Promise<Uint8Array> {
    const watched = (await watchReaders()).get(name);
    if (watched === undefined) throw new BenchError("READER_NOT_FOUND", `no reader named ${name}`);
    const { reader } = watched;
    const protocol = await connect(reader, share);
    this.#connection = { watched, reader, share, protocol };
    return watched.cardAtr();
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const { reader, protocol } = this.#connected();
    const response = await new Promise<Buffer>((resolve, reject) => {
      reader.transmit(Buffer.from(command), RESPONSE_MAX, protocol, settle(resolve, reject));
    });
    return Uint8Array.from(response);
  }

  async control(code: number, data: Uint8Array): Promise<Uint8Array> {
    const { reader } = this.#connected();
    const input = Buffer.from(data);
    const output = await new Promise<Buffer>((resolve, reject) => {
      reader.control(input, code, RESPONSE_MAX, settle(resolve, reject));
    });
    // The addon holds a bare pointer to the input; naming it here keeps it alive until now.
    void input;
    return Uint8Array.from(output);
  }

  /** Without SCardReconnect: for a moment between the two calls the card is anybody's. */
  async reset(kind: "warm" | "cold"): Promise<Uint8Array> {
    const connection = this.#connected();
    const { reader, share, watched } = connection;
    await disconnect(reader, kind === "cold" ? reader.SCARD_UNPOWER_CARD : reader.SCARD_RESET_CARD);
    connection.protocol = await connect(reader, share);
    return watched.cardAtr();
  }

  async disconnect(power: "cut" | "keep"): Promise<null> {
    const { reader } = this.#connected();
    this.#connection = undefined;
    await disconnect(reader, power === "cut" ? reader.SCARD_UNPOWER_CARD : reader.SCARD_LEAVE_CARD);
    return null;
  }

  #connected(): Connection {
    if (this.#connection !== undefined) return this.#connection;
    throw new BenchError("READER_NOT_OPEN", "there is no connection to a card");
  }
}

function connect(reader: PcscliteReader, share: ShareMode): Promise<number> {
  const share_mode =
    share === "exclusive" ? reader.SCARD_SHARE_EXCLUSIVE : reader.SCARD_SHARE_SHARED;
  const protocol = reader.SCARD_PROTOCOL_T0 | reader.SCARD_PROTOCOL_T1;
  return new Promise((resolve, reject) => {
    reader.connect({ share_mode, protocol }, settle(resolve, reject));
  });
}

function disconnect(reader: PcscliteReader, disposition: number): Promise<void> {
  return new Promise((resolve, reject) => {
    reader.disconnect(disposition, settle(resolve, reject));
  });
}

function settle<T>(resolve: (value: T) => void, reject: (error: Error) => void) {
  return (error: Error | null | undefined, value: T) => {
    if (error) reject(error);
    else resolve(value);
  };
}
