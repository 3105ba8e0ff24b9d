/**
 * PC/SC by way of koffi, which comes compiled: where `pcsclite` could not be built, and where
 * transactions or SCardReconnect are wanted, which that package does not have (PC/SC part 5).
 */
import type { ReaderEntry } from "../reader.ts";
import { type PcscBinding, type PcscConnection, RESPONSE_MAX } from "./binding.ts";
import type { PcscShareMode } from "./protocol.ts";
import { statusError } from "./status-codes.ts";
import { loadWinscard, type Out, type ReaderState, type Winscard } from "./winscard.ts";

const SCOPE_SYSTEM = 2;
const PROTOCOL_T0_OR_T1 = 3;
const SHARE = { exclusive: 1, shared: 2, direct: 3 } as const;
const DISPOSITION = { keep: 0, reset: 1, cut: 2 } as const;
const SUCCESS = 0;
const NO_READERS = 0x8010_002e;
const TIMEOUT = 0x8010_000a;

/** @throws BenchError PCSC_PACKAGE_MISSING, PCSC_LIBRARY_MISSING, PCSC_SERVICE_STOPPED ... */
export async function winscardBinding(): Promise<PcscBinding> {
  const winscard = await loadWinscard();
  const context: Out = [0];
  const status = await winscard.establishContext(SCOPE_SYSTEM, null, null, context);
  requireSuccess("SCardEstablishContext", status);
  return {
    list: async () => {
      const names = await namesOf(winscard, context[0]);
      return Promise.all(names.map((name) => entryOf(winscard, context[0], name)));
    },
    connect: (reader, share) => WinscardConnection.open(winscard, context[0], reader, share),
  };
}

async function namesOf(winscard: Winscard, context: number): Promise<string[]> {
  const length: Out = [0];
  const asked = await winscard.listReaders(context, null, null, length);
  if (asked === NO_READERS) return [];
  requireSuccess("SCardListReaders", asked);
  const names = Buffer.alloc(length[0]);
  const status = await winscard.listReaders(context, null, names, length);
  if (status === NO_READERS) return [];
  requireSuccess("SCardListReaders", status);
  return names
    .toString("utf8")
    .split("\0")
    .filter((name) => name !== "");
}

/** What lies in a reader at this moment. */
async function entryOf(winscard: Winscard, context: number, name: string): Promise<ReaderEntry> {
  const { atr } = await statusOf(winscard, context, name);
  return atr === undefined ? { name } : { name, atr };
}

interface ReaderStatus {
  /** To be given as `known` by who wants to hear of a change. */
  readonly state: number;
  /** Absent when no card lies there. */
  readonly atr?: Uint8Array;
}

/** SCardGetStatusChange: waits for the state to be another than `known`, at most for `patience` ms. */
async function statusOf(
  winscard: Winscard,
  context: number,
  name: string,
  { known = 0, patience = 0 } = {},
): Promise<ReaderStatus> {
  const states: ReaderState[] = [
    {
      szReader: name,
      pvUserData: null,
      dwCurrentState: known,
      dwEventState: 0,
      cbAtr: 0,
      rgbAtr: new Uint8Array(winscard.layout.atrRoom),
    },
  ];
  const status = await winscard.getStatusChange(context, patience, states, states.length);
  if (status !== TIMEOUT) requireSuccess("SCardGetStatusChange", status);
  const { dwEventState: state = 0, cbAtr = 0, rgbAtr = [] } = states[0] ?? {};
  return cbAtr === 0 ? { state } : { state, atr: Uint8Array.from(rgbAtr).slice(0, cbAtr) };
}

/** What is asked about a reader once a card in it is connected. */
interface Watch {
  now(): Promise<ReaderStatus>;
  /** @param patience milliseconds */
  change(known: number, patience: number): Promise<ReaderStatus>;
}

class WinscardConnection implements PcscConnection {
  readonly atr: Uint8Array;
  readonly #winscard: Winscard;
  readonly #watch: Watch;
  readonly #card: number;
  readonly #share: PcscShareMode;
  /** As negotiated; to be passed on with every command. */
  readonly #protocol: Out;
  readonly #answer = Buffer.alloc(RESPONSE_MAX);

  private constructor(
    winscard: Winscard,
    watch: Watch,
    connected: { card: number; share: PcscShareMode; protocol: Out; atr: Uint8Array },
  ) {
    this.#winscard = winscard;
    this.#watch = watch;
    this.#card = connected.card;
    this.#share = connected.share;
    this.#protocol = connected.protocol;
    this.atr = connected.atr;
  }

  static async open(
    winscard: Winscard,
    context: number,
    reader: string,
    share: PcscShareMode,
  ): Promise<WinscardConnection> {
    const card: Out = [0];
    const protocol: Out = [0];
    const status = await winscard.connect(
      context,
      reader,
      SHARE[share],
      protocols(share),
      card,
      protocol,
    );
    requireSuccess("SCardConnect", status);
    const watch: Watch = {
      now: () => statusOf(winscard, context, reader),
      change: (known, patience) => statusOf(winscard, context, reader, { known, patience }),
    };
    const { atr = new Uint8Array(0) } = await watch.now();
    return new WinscardConnection(winscard, watch, { card: card[0], share, protocol, atr });
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const { transmit, ioRequestSize } = this.#winscard;
    const request = { dwProtocol: this.#protocol[0], cbPciLength: ioRequestSize };
    const length: Out = [this.#answer.length];
    const bytes = Buffer.from(command);
    const status = await transmit(
      this.#card,
      request,
      bytes,
      bytes.length,
      null,
      this.#answer,
      length,
    );
    requireSuccess("SCardTransmit", status);
    return Uint8Array.from(this.#answer.subarray(0, length[0]));
  }

  async cardGone(patience: number): Promise<boolean> {
    const { state, atr } = await this.#watch.now();
    if (atr === undefined) return true;
    return (await this.#watch.change(state, patience)).atr === undefined;
  }

  async control(code: number, data: Uint8Array): Promise<Uint8Array> {
    const length: Out = [0];
    const input = Buffer.from(data);
    const out = this.#answer;
    const { control } = this.#winscard;
    const status = await control(this.#card, code, input, input.length, out, out.length, length);
    requireSuccess("SCardControl", status);
    return Uint8Array.from(out.subarray(0, length[0]));
  }

  async reset(kind: "warm" | "cold"): Promise<Uint8Array> {
    const initialization = kind === "cold" ? DISPOSITION.cut : DISPOSITION.reset;
    const status = await this.#winscard.reconnect(
      this.#card,
      SHARE[this.#share],
      protocols(this.#share),
      initialization,
      this.#protocol,
    );
    requireSuccess("SCardReconnect", status);
    return (await this.#watch.now()).atr ?? this.atr;
  }

  async beginTransaction(): Promise<void> {
    requireSuccess("SCardBeginTransaction", await this.#winscard.beginTransaction(this.#card));
  }

  async endTransaction(): Promise<void> {
    const status = await this.#winscard.endTransaction(this.#card, DISPOSITION.keep);
    requireSuccess("SCardEndTransaction", status);
  }

  async disconnect(disposition: "cut" | "reset" | "keep"): Promise<void> {
    const status = await this.#winscard.disconnect(this.#card, DISPOSITION[disposition]);
    requireSuccess("SCardDisconnect", status);
  }
}

function protocols(share: PcscShareMode): number {
  return share === "direct" ? 0 : PROTOCOL_T0_OR_T1;
}

function requireSuccess(call: string, status: number): void {
  if (status !== SUCCESS) throw statusError(status, `${call} failed`);
}
