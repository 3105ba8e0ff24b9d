/**
 * The native host as a browser starts it: bytes over two pipes, and Chromium's words when it is not
 * there, may not be started, or ends. Its program runs in this process.
 */
import { PassThrough } from "node:stream";
import { type HostOptions, serveHost } from "../../../simulator/client-software/index.ts";
import { encodeFrame, FrameReader } from "../../../simulator/client-software/native/frames.ts";
import type { PortEnd } from "./port.ts";

/** How the machine is set up, and what befalls the host. */
export type HostCondition =
  | "installed"
  /** No manifest where the browser looks, or a program that is not there. */
  | "missing"
  /** A manifest that names another extension. */
  | "foreign"
  /** Ends in the middle of the answer to a step, as a crash would. */
  | { readonly crashesAt: "open" | "perform"; readonly times: number };

/** Texts of Chromium, as `chrome.runtime.lastError` carries them. */
const TEXTS = {
  missing: "Specified native messaging host not found.",
  foreign: "Access to the specified native messaging host is forbidden.",
  exited: "Native host has exited.",
  broken: "Error when communicating with the native messaging host.",
} as const;

export class HeadlessHost {
  condition: HostCondition = "installed";
  /** How often a browser has started it. */
  starts = 0;
  readonly #options: HostOptions;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  /**
   * Connects the browser's end of a port with a host of its own.
   *
   * @param lose tells the browser's side that the host has gone, and why
   */
  start(port: PortEnd, lose: (why: string) => void): void {
    if (this.condition === "missing" || this.condition === "foreign") {
      const why = TEXTS[this.condition];
      queueMicrotask(() => lose(why));
      return;
    }
    this.starts += 1;
    const [input, output] = [new PassThrough(), new PassThrough()];
    const crash = this.#nextCrash();
    let steps = 0;
    port.onMessage.addListener((message) => {
      steps += 1;
      if (crash === steps) breakMidAnswer(output);
      input.write(encodeFrame(message, Number.MAX_SAFE_INTEGER));
    });
    port.onDisconnect.addListener(() => input.end());
    const frames = new FrameReader();
    output.on("data", (bytes: Uint8Array) => {
      for (const message of frames.push(bytes)) port.postMessage(message);
    });
    output.on("end", () => lose(frames.pending ? TEXTS.broken : TEXTS.exited));
    void serveHost(input, output, this.#options).finally(() => output.end());
  }

  /** @returns the step, counted from 1, in whose answer this host ends */
  #nextCrash(): number | undefined {
    if (typeof this.condition === "string") return undefined;
    const { crashesAt, times } = this.condition;
    this.condition = times > 1 ? { crashesAt, times: times - 1 } : "installed";
    return crashesAt === "open" ? 1 : 2;
  }
}

/** Half of the next frame passes, then the pipe is at its end. */
function breakMidAnswer(output: PassThrough): void {
  const write = output.write.bind(output) as (bytes: Uint8Array) => boolean;
  output.write = ((frame: Uint8Array) => {
    write(frame.subarray(0, frame.length >> 1));
    output.end();
    output.write = (() => true) as never;
    return true;
  }) as never;
}
