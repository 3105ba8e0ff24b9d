/** `jpki-bench lab`: the simulated world, until it is told to stop. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { type AtrName, withAnswerToReset } from "../../../simulator/card/index.ts";
import { SERVICES } from "../../../simulator/lab/doors.ts";
import { controlDocument, Lab, type LabCard, labClient } from "../../../simulator/lab/index.ts";
import { cacheFolder } from "../../config/folders.ts";
import { BenchError } from "../../errors.ts";
import { openRelyingParties, type RelyingParties } from "../../relying-party/relying-parties.ts";
import { EXIT } from "../advice.ts";
import { atrOption } from "../atr-option.ts";
import { acts, benchCommand, collect, parseAddress, parseCount, personaNames } from "../command.ts";
import { counterReader } from "../counter-reader.ts";
import { writeText } from "../files.ts";
import { DEFAULT_STATE } from "../lab-access.ts";
import { announceLab } from "../lab-announcement.ts";
import { addReader, type ReaderChoice, withSerialOptions } from "../lab-reader.ts";
import { type ProfileChoice, profileOption, readProfiles } from "../profile-option.ts";
import type { CommonOptions, Terminal } from "../terminal.ts";

interface Options extends ReaderChoice {
  readonly port?: number;
  readonly state: string;
  readonly atr?: AtrName;
  readonly resident: readonly string[];
  readonly tls?: boolean;
  readonly relyingParties: boolean;
  readonly profile: readonly ProfileChoice[];
  readonly openapi?: string;
}

export function labCommand(): Command {
  const command = benchCommand("lab", "模擬環境を起動する", "start the simulated world")
    .option("--port <port>", "最初のポート番号 / first of the ports to use", parseCount)
    .option("--state <dir>", "状態フォルダー / state directory", DEFAULT_STATE)
    .option(
      "--vpcd <host:port>",
      "カードを仮想PC/SC読取装置に置く / put the card there",
      parseAddress,
    )
    .addOption(
      new Option("--interface <interface>", "カードの読取面 / how the reader reaches the card")
        .choices(["contact", "contactless"])
        .default("contactless"),
    )
    .addOption(atrOption().conflicts("interface"))
    .option(
      "--resident <persona>",
      `住民を加える（繰返し可） / add a resident: ${personaNames()}`,
      collect,
      [],
    )
    .addOption(profileOption())
    .option("--tls", "プラットフォームをTLSで提供する / serve platforms over TLS")
    .option(
      "--no-relying-parties",
      "組込みの図書館・窓口・ポータルを起動しない / without the built-in relying parties",
    )
    .option(
      "--openapi <file>",
      "制御APIの仕様（OpenAPI 3.1）を書き出して終わる / write the control API's document and end",
    );
  return acts<Options>(withSerialOptions(command), (terminal, options) =>
    options.openapi === undefined
      ? runLab(terminal, options)
      : writeDocument(terminal, options.openapi),
  );
}

async function writeDocument(terminal: Terminal, path: string): Promise<number> {
  const file = await writeText(path, `${JSON.stringify(await controlDocument(), null, 2)}\n`);
  terminal.document({ openapi: file });
  terminal.line(file);
  return EXIT.success;
}

async function runLab(terminal: Terminal, options: Options & CommonOptions): Promise<number> {
  const stopped = stopSignal();
  const profiles = await readProfiles(options.profile);
  const lab = await Lab.open({
    seed: options.seed ?? randomBytes(4).toString("hex"),
    keys: cacheFolder("keys"),
    state: resolve(options.state),
    tls: options.tls === true,
    profiles,
    readingSoftware: counterReader,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  let parties: RelyingParties | undefined;
  try {
    await populate(lab, options.resident);
    await insert(lab, firstShown(lab, options), options);
    parties = await neighbours(lab, options);
    await announceLab(terminal, lab, parties?.addresses);
    await stopped;
    return EXIT.success;
  } finally {
    await parties?.close();
    await lab.close();
  }
}

async function neighbours(
  lab: Lab,
  { relyingParties, port }: Options,
): Promise<RelyingParties | undefined> {
  if (!relyingParties) return undefined;
  const firstPort = port === undefined ? undefined : port + SERVICES.length;
  return openRelyingParties(lab, { firstPort });
}

/** Adds the residents asked for, and one adult to an empty world. */
async function populate(lab: Lab, personas: readonly string[]): Promise<void> {
  const wanted = personas.length === 0 && lab.residents.length === 0 ? ["adult"] : personas;
  for (const persona of wanted) await lab.issueCard(persona);
}

/** What the first resident with a card puts on the reader; with `--atr` it answers so from now on. */
function firstShown(lab: Lab, { atr }: Options): LabCard | undefined {
  const [first] = lab.cards;
  if (first === undefined) return undefined;
  const shown = lab.shownBy(first.resident);
  if (atr !== undefined) shown.card.alter((image) => withAnswerToReset(image, atr));
  return shown;
}

async function insert(lab: Lab, shown: LabCard | undefined, options: Options): Promise<void> {
  const name = await addReader(lab, options);
  if (name === undefined || shown === undefined) return;
  const { interface: side } = options;
  if (side === "contact" && shown.card.image.profile !== "card") {
    throw new BenchError("CLI_USAGE", "a smartphone has no contacts");
  }
  await labClient(lab.addresses.console)("insertCard", { name, card: shown.id, side });
}

/** Settles at SIGINT or SIGTERM. Listening begins at once: a signal may come while the lab starts. */
function stopSignal(): Promise<unknown> {
  return Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}
