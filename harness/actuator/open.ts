/** Actuators by what a configuration says of them. Native packages are loaded for the one named only. */
import type { HidHost } from "../reader/hid/index.ts";
import type { OpenLine } from "../reader/serial/line.ts";
import type { ActuatorDriver } from "./actuator.ts";
import { hidRelay } from "./hid-relay.ts";
import type { OperatorDesk } from "./operator/desk.ts";
import { serveDesk } from "./operator/http.ts";
import { operator } from "./operator/operator.ts";
import { terminalDesk } from "./operator/terminal.ts";
import { servo } from "./servo.ts";
import type { ActuatorSpec } from "./spec.ts";

/** What is taken instead of this machine's own. */
export interface ActuatorParts {
  readonly hid?: HidHost;
  readonly openLine?: OpenLine;
  readonly desk?: OperatorDesk;
}

const OPERATOR_PORT = 8085;

/**
 * Boards and lines are not touched before the first act.
 *
 * @throws BenchError ACTUATOR_NOT_FOUND when the operator's port is taken
 * @example
 * const relay = actuatorOver(await openActuator({ driver: "hid-relay", card: { relay: 1, on: "present" } }));
 * await relay.remove();
 */
export async function openActuator(
  spec: ActuatorSpec,
  { hid, openLine, desk }: ActuatorParts = {},
): Promise<ActuatorDriver> {
  if (spec.driver === "hid-relay") return hidRelay(spec, { hid });
  if (spec.driver === "servo") return servo({ ...spec, openLine });
  return operator({ deadline: spec.deadline, desk: desk ?? (await deskFor(spec)) });
}

async function deskFor({
  desk,
  port = OPERATOR_PORT,
}: Extract<ActuatorSpec, { driver: "operator" }>): Promise<OperatorDesk> {
  return desk === "terminal" ? terminalDesk() : serveDesk(port);
}
