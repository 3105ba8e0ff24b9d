/**
 * A person as an actuator. What they answer, and how long it took, is the evidence; nobody waits for
 * them longer than the deadline.
 */
import { randomUUID } from "node:crypto";
import { BenchError } from "../../errors.ts";
import { ACTS, type ActuatorDriver } from "../actuator.ts";
import type { OperatorAnswer, OperatorDesk, OperatorPrompt } from "./desk.ts";
import { PICTURES } from "./pictures.ts";

export interface OperatorOptions {
  readonly desk: OperatorDesk;
  /** Milliseconds for each act. Default 25 seconds, within the time a scenario has by default. */
  readonly deadline?: number | undefined;
}

const DEADLINE = 25_000;

export function operator({ desk, deadline = DEADLINE }: OperatorOptions): ActuatorDriver {
  return {
    info: { driver: "operator", name: desk.name },
    can: new Set(ACTS),
    perform: async (act) => {
      const prompt = { id: randomUUID(), ...PICTURES[act], milliseconds: deadline };
      const began = performance.now();
      const answer = await answered(desk, prompt);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      const evidence = `operator answered "${answer}" over ${desk.name} after ${seconds} s`;
      if (answer === "done") return evidence;
      throw new BenchError("ACTUATOR_FAILED", `${prompt.title.en}: ${evidence}`);
    },
    close: () => desk.close(),
  };
}

/** The desk is told that time is over, and not waited for. */
async function answered(desk: OperatorDesk, prompt: OperatorPrompt): Promise<OperatorAnswer> {
  const over = new AbortController();
  const late = new Promise<never>((_, reject) => {
    over.signal.addEventListener("abort", () => {
      const waited = `nobody answered within ${prompt.milliseconds} ms`;
      reject(new BenchError("ACTUATOR_DEADLINE", `${prompt.title.en}: ${waited}`));
    });
  });
  const timer = setTimeout(() => over.abort(), prompt.milliseconds);
  try {
    return await Promise.race([desk.ask(prompt, over.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
