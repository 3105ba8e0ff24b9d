/** What カードAP搭載システム remembers, as plain data the lab can store: its tenants, and every loading. */
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import { storedOperator } from "./operators.ts";

const loading = z.strictObject({
  id: z.string(),
  operator: z.string(),
  /** DF name, hexadecimal. */
  application: z.string(),
  /** Fifteen digits. */
  card: z.string().regex(/^\d{15}$/),
  channel: z.enum(["counter", "kiosk"]),
  state: z.enum(["started", "written", "loaded", "cancelled", "deleted"]),
  startedAt: z.iso.datetime(),
});

const state = z.strictObject({
  version: z.literal(1),
  operators: z.array(storedOperator),
  loadings: z.array(loading),
});

export type Loading = z.output<typeof loading>;
export type CardApLoaderState = z.input<typeof state>;

/** @throws SimulatorError STATE_INVALID naming each place that does not fit */
export function parseCardApLoaderState(
  value: unknown = { version: 1, operators: [], loadings: [] },
): z.output<typeof state> {
  const parsed = state.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SimulatorError(
    "STATE_INVALID",
    `カードAP搭載システム state: ${z.prettifyError(parsed.error)}`,
  );
}
