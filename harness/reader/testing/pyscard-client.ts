/** Starts pyscard_client.py: a client of a PC/SC service, in a process of its own, to measure with. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { toHex } from "../../../simulator/iso7816/index.ts";
import { pythonWith } from "./python.ts";

const SCRIPT = fileURLToPath(new URL("pyscard_client.py", import.meta.url));

/** Does one thing at a time. */
export interface PyscardClient {
  /** Connects to the card in a reader and sends commands, each of which has to succeed. */
  connect(reader: string, commands: readonly Uint8Array[]): Promise<void>;
  /** How many times a second the last of those is answered: for so long, by the median exchange. */
  rate(reader: string, milliseconds: number): Promise<number>;
  close(): void;
}

/** @param env with PCSCLITE_CSOCK_NAME for a service of one's own */
export function startPyscardClient(env: NodeJS.ProcessEnv): PyscardClient {
  const child = spawn(pythonWith("smartcard") ?? "python3", [SCRIPT], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (question: object): Promise<string> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error("the pyscard client ended; it said why on standard error");
    return value;
  };
  return {
    connect: async (reader, commands) => {
      await ask({ reader, commands: commands.map(toHex) });
    },
    rate: async (reader, milliseconds) => Number(await ask({ reader, milliseconds })),
    close: () => child.stdin.end(),
  };
}
