/** `jpki-bench card insert | remove | readers`: cards in the readers of a lab that runs. */
import { type Command, Option } from "commander";
import { SimulatorError } from "../../../simulator/errors.ts";
import type { LabClient } from "../../../simulator/lab/index.ts";
import { EXIT } from "../advice.ts";
import { acts, parseAddress } from "../command.ts";
import { type LabPlace, withRunningLab } from "../lab-access.ts";
import type { Terminal } from "../terminal.ts";
import { worldCommand } from "./world-command.ts";

interface InsertOptions extends LabPlace {
  readonly reader: string;
  readonly vpcd?: { readonly host: string; readonly port: number };
  readonly interface: "contact" | "contactless";
}

type Reader = Awaited<ReturnType<typeof readersOf>>[number];

/** The reader every lab has. */
const COUNTER = "counter";

export function insertCommand(): Command {
  const command = worldCommand("insert", "カードをリーダーに置く", "put a card into a reader")
    .argument("<id>", "R0001-1")
    .option("--reader <name>", "リーダー / reader of the lab", COUNTER)
    .option(
      "--vpcd <host:port>",
      "仮想PC/SC読取装置に置く / into a virtual PC/SC reader",
      parseAddress,
    )
    .addOption(
      new Option("--interface <interface>", "カードの読取面 / how the reader reaches the card")
        .choices(["contact", "contactless"])
        .default("contactless"),
    );
  return acts<InsertOptions>(command, async (terminal, options, id = "") => {
    const { interface: side } = options;
    const reader = await withRunningLab(options, async (lab) => {
      const name = await readerFor(lab, options);
      return lab("insertCard", { name, card: id.toUpperCase(), side });
    });
    return show(terminal, reader, [reader]);
  });
}

export function removeCommand(): Command {
  const command = worldCommand("remove", "カードを取り去る", "take a card out").argument(
    "<id>",
    "R0001-1",
  );
  return acts<LabPlace>(command, async (terminal, options, id = "") => {
    const reader = await withRunningLab(options, async (lab) => {
      const name = (await lab("getCard", { id: id.toUpperCase() })).reader;
      if (name !== undefined) return lab("removeCard", { name });
      throw new SimulatorError("READER_EMPTY", `${id.toUpperCase()} lies in no reader`);
    });
    return show(terminal, reader, [reader]);
  });
}

export function readersCommand(): Command {
  const command = worldCommand("readers", "labのリーダーの一覧", "readers of the lab");
  return acts<LabPlace>(command, async (terminal, options) => {
    const readers = await withRunningLab(options, readersOf);
    return show(terminal, readers, readers);
  });
}

function readersOf(lab: LabClient) {
  return lab("listReaders");
}

/** A virtual PC/SC reader is known by where it listens, and made known at its first card. */
async function readerFor(lab: LabClient, { vpcd, reader }: InsertOptions): Promise<string> {
  if (vpcd === undefined) return reader;
  const place = `${vpcd.host}:${vpcd.port}`;
  const known = (await readersOf(lab)).find((one) => one.kind === "vpcd" && one.place === place);
  return known?.name ?? (await lab("addVpcdReader", { name: `vpcd:${vpcd.port}`, ...vpcd })).name;
}

function show(terminal: Terminal, document: unknown, readers: readonly Reader[]): number {
  terminal.document(document);
  for (const { name, kind, place = "", card = "—" } of readers) {
    terminal.line(`${name.padEnd(12)} ${card.padEnd(9)} ${kind} ${place}`.trimEnd());
  }
  return EXIT.success;
}
