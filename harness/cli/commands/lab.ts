/** `jpki-bench lab`: the simulated world, until it is told to stop. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type AtrName, withAnswerToReset } from "../../../simulator/card/index.ts";
import {
  byContact,
  cardRow,
  Lab,
  type LabCard,
  labControl,
  personaNames,
} from "../../../simulator/lab/index.ts";
import { VpcdCard } from "../../../simulator/reader/index.ts";
import { cacheFolder } from "../../config/folders.ts";
import { BenchError } from "../../errors.ts";
import { EXIT } from "../advice.ts";
import { atrOption } from "../atr-option.ts";
import { acts, benchCommand, parseCount } from "../command.ts";
import { DEFAULT_STATE } from "../lab-access.ts";
import type { CommonOptions, Terminal } from "../terminal.ts";
import { exportCertificate } from "./ca.ts";

interface Options {
  readonly port?: number;
  readonly state: string;
  readonly vpcd?: { readonly host: string; readonly port: number };
  readonly interface: "contact" | "contactless";
  readonly atr?: AtrName;
  readonly resident: readonly string[];
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
      `住民を加える（繰返し可） / add a resident: ${personaNames().join(", ")}`,
      collect,
      [],
    );
  return acts<Options>(command, runLab);
}

async function runLab(terminal: Terminal, options: Options & CommonOptions): Promise<number> {
  const stopped = stopSignal();
  const lab = await Lab.open({
    seed: options.seed ?? randomBytes(4).toString("hex"),
    keys: cacheFolder("keys"),
    state: resolve(options.state),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  let inserted: VpcdCard | undefined;
  try {
    await populate(lab, options.resident);
    const shown = firstShown(lab, options);
    inserted = await insert(shown, options);
    await announce(terminal, lab, shown, options.vpcd);
    await stopped;
    return EXIT.success;
  } finally {
    await inserted?.close();
    await lab.close();
  }
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

async function insert(
  shown: LabCard | undefined,
  { vpcd, interface: reached }: Options,
): Promise<VpcdCard | undefined> {
  if (vpcd === undefined || shown === undefined) return undefined;
  if (reached === "contact" && shown.card.image.profile !== "card") {
    throw new BenchError("CLI_USAGE", "a smartphone has no contacts");
  }
  const side = reached === "contact" ? byContact(shown.card) : shown.card;
  const card = await VpcdCard.connect({ card: side, ...vpcd });
  // A link that failed is put back by hand; the world goes on without it.
  card.on("error", () => undefined);
  return card;
}

async function announce(
  terminal: Terminal,
  lab: Lab,
  shown: LabCard | undefined,
  vpcd: Options["vpcd"],
): Promise<void> {
  const { console, mkpf, localAuthPf, digitalAuthApp, attributeProvision, ocsp, crl } =
    lab.addresses;
  const control = labControl(lab);
  const folder = resolve(lab.state?.path ?? ".", "ca");
  const authCaCert = await exportCertificate(await control.caCertificate("auth"), folder, "auth");
  const signCaCert = await exportCertificate(await control.caCertificate("sign"), folder, "sign");
  const reader = vpcd === undefined ? undefined : `vpcd ${vpcd.host}:${vpcd.port}`;
  const cards = [...lab.cards, ...lab.smartphones].map((card) => ({
    ...cardRow(card),
    ...(card.id === shown?.id && reader !== undefined ? { reader } : {}),
  }));
  terminal.document({
    ready: true,
    console,
    platforms: {
      mkpf: mkpf.verification,
      mkpfProduction: mkpf.production,
      localAuthPf,
      digitalAuthApp,
      attributeProvision,
    },
    ca: { signCaCert, authCaCert, ocsp, crl: crl.auth, signCrl: crl.sign },
    cards,
    seed: lab.seed,
  });
  terminal.line(terminal.say({ ja: "模擬環境を起動しました", en: "the simulated world is up" }));
  terminal.line(`  console      ${console}`);
  terminal.line(`  OCSP         ${ocsp}`);
  terminal.line(`  CRL          ${crl.auth}\n               ${crl.sign}`);
  terminal.line(
    `  MKPF 類型②    ${mkpf.verification} (検証)\n               ${mkpf.production} (本番)`,
  );
  terminal.line(`  地方認証PF     ${localAuthPf}`);
  terminal.line(`  デジタル認証   ${digitalAuthApp}`);
  terminal.line(`  4情報提供     ${attributeProvision}`);
  terminal.line(`  CA           ${authCaCert}\n               ${signCaCert}`);
  for (const { id, pins, reader: place } of cards) {
    const known = Object.entries(pins).map(([name, pin]) => `${name} ${pin}`);
    terminal.line(`  card ${id}  ${known.join(", ")}${place === undefined ? "" : `  → ${place}`}`);
  }
  terminal.line(`  seed         ${lab.seed}`);
  terminal.line(terminal.say({ ja: "終了するには Ctrl+C", en: "Ctrl+C to stop" }));
}

/** Settles at SIGINT or SIGTERM. Listening begins at once: a signal may come while the lab starts. */
function stopSignal(): Promise<unknown> {
  return Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}

function parseAddress(text: string): { host: string; port: number } {
  const [, host = "", port = ""] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(text) ?? [];
  if (host === "") throw new InvalidArgumentError("should look like 127.0.0.1:35963");
  return { host, port: Number(port) };
}

function collect(persona: string, before: readonly string[]): readonly string[] {
  return [...before, persona];
}
