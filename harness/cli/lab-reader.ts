/** The reader a lab holds for programs outside: a virtual PC/SC reader, or one on a serial device. */
import { type Command, Option } from "commander";
import { type Lab, labClient, serialDevice } from "../../simulator/lab/index.ts";
import { Random } from "../../simulator/random.ts";
import { BenchError } from "../errors.ts";

export interface ReaderChoice {
  readonly vpcd?: { readonly host: string; readonly port: number };
  /** Serial devices. */
  readonly pn532?: string;
  readonly twn4?: string;
  readonly interface: "contact" | "contactless";
}

const SERIAL = ["pn532", "twn4"] as const;

/** A card lies in one reader: the options exclude one another. */
export function withSerialOptions(command: Command): Command {
  const what =
    "を模擬しカードを置く（pty の片側） / emulate the reader there, one end of a pty pair";
  return command
    .addOption(new Option("--pn532 <device>", `PN532${what}`).conflicts(["vpcd", "twn4"]))
    .addOption(new Option("--twn4 <device>", `TWN4${what}`).conflicts(["vpcd", "pn532"]));
}

/**
 * Adds the reader that was asked for to the world, and gives its name; undefined for none.
 *
 * @throws BenchError CLI_USAGE for contacts of a reader without any; SimulatorError
 * SERIAL_UNREACHABLE
 */
export async function addReader(lab: Lab, choice: ReaderChoice): Promise<string | undefined> {
  if (choice.vpcd !== undefined) {
    await labClient(lab.addresses.console)("addVpcdReader", { name: "vpcd", ...choice.vpcd });
    return "vpcd";
  }
  const name = SERIAL.find((kind) => choice[kind] !== undefined);
  const device = name === undefined ? undefined : choice[name];
  if (name === undefined || device === undefined) return undefined;
  if (choice.interface === "contact") throw new BenchError("CLI_USAGE", `${name} has no contacts`);
  lab.readers.add(name, serialDevice(name, device, new Random(`${lab.seed}/antenna`)));
  return name;
}
