/**
 * `jpki-bench control`: every operation of a lab's control API by its operationId, for shell scripts.
 *
 * @example jpki-bench control moveClock days=2
 */
import type { Command } from "commander";
import {
  type LabClient,
  OPERATION_IDS,
  type OperationId,
  operationOf,
} from "../../../simulator/lab/index.ts";
import { BenchError } from "../../errors.ts";
import { EXIT } from "../advice.ts";
import { acts } from "../command.ts";
import { type LabPlace, withLab, withRunningLab } from "../lab-access.ts";
import type { Terminal } from "../terminal.ts";
import { worldCommand } from "./world-command.ts";

/** What ends with the process that holds it. */
const OF_A_RUNNING_LAB: ReadonlySet<string> = new Set(["readers", "faults"]);

export function controlCommand(): Command {
  const command = worldCommand(
    "control",
    "制御APIの操作を呼ぶ（指定しなければ一覧）",
    "call an operation of the control API; lists them when none is named",
  )
    .argument("[operation]", "operationId")
    .argument("[field...]", "name=value");
  return acts<LabPlace>(command, async (terminal, options, operation, ...fields) => {
    if (operation === undefined) return list(terminal);
    const id = requireOperation(operation);
    const asked = Object.fromEntries(fields.map((field) => readField(id, field)));
    const reach = OF_A_RUNNING_LAB.has(operationOf(id).room) ? withRunningLab : withLab;
    const answer = await reach(options, (lab) => call(lab, id, asked));
    tell(terminal, answer);
    return EXIT.success;
  });
}

function list(terminal: Terminal): number {
  const rows = OPERATION_IDS.map((id) => {
    const { room, ja, en, fields } = operationOf(id);
    return { operation: id, room, title: { ja, en }, fields: Object.keys(fields) };
  });
  terminal.document(rows);
  for (const { operation, title, fields } of rows) {
    terminal.line(`${operation.padEnd(26)} ${terminal.say(title)}`);
    if (fields.length > 0) terminal.line(`  ${fields.map((name) => `${name}=`).join(" ")}`);
  }
  return EXIT.success;
}

function requireOperation(name: string): OperationId {
  const found = OPERATION_IDS.find((id) => id === name);
  if (found !== undefined) return found;
  throw new BenchError("CLI_USAGE", `there is no operation ${name}; see jpki-bench control`);
}

/** A value is the text itself where that fits the field, and JSON where it does not. */
function readField(id: OperationId, field: string): [name: string, value: unknown] {
  const [, name = "", text = ""] = /^(\w+)=(.*)$/s.exec(field) ?? [];
  const schema = operationOf(id).fields[name];
  if (schema === undefined) {
    const known = Object.keys(operationOf(id).fields).join(", ") || "none";
    throw new BenchError("CLI_USAGE", `${id} has no field "${field}"; its fields: ${known}`);
  }
  return [name, "safeParse" in schema && isText(schema, text) ? text : parsed(text)];
}

function isText(schema: object, text: string): boolean {
  const { safeParse } = schema as { safeParse(value: unknown): { readonly success: boolean } };
  return safeParse(text).success;
}

/** What is no JSON goes to the lab as it is, which says what is wrong with it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function call(lab: LabClient, id: OperationId, asked: object): Promise<unknown> {
  const plain = lab as (id: OperationId, asked: object) => Promise<unknown>;
  return plain(id, asked);
}

function tell(terminal: Terminal, answer: unknown): void {
  const shown = answer instanceof Uint8Array ? Buffer.from(answer).toString("base64") : answer;
  terminal.document(shown);
  terminal.line(typeof shown === "string" ? shown : JSON.stringify(shown, null, 2));
}
