/** `jpki-bench lab`: the simulated world, until it is told to stop. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { byContact, cardRow, Lab, labControl } from "../../../simulator/lab/index.ts";
import { VpcdCard } from "../../../simulator/reader/index.ts";
import { cacheFolder } from "../../config/folders.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand, parseCount } from "../command.ts";
import { DEFAULT_STATE } from "../lab-access.ts";
import type { CommonOptions, Terminal } from "../terminal.ts";
import { exportCertificate } from "./ca.ts";

interface Options {
  readonly port?: number;
  readonly state: string;
  readonly vpcd?: { readonly host: string; readonly port: number };
  readonly interface: "contact" | "contactless";
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
    .option("--resident <persona>", "住民を加える（繰返し可） / add a resident", collect, []);
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
    inserted = await insertFirst(lab, options);
    await announce(terminal, lab, options.vpcd);
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

async function insertFirst(lab: Lab, options: Options): Promise<VpcdCard | undefined> {
  const { vpcd, interface: reached } = options;
  const [first] = lab.cards;
  if (vpcd === undefined || first === undefined) return undefined;
  const side = reached === "contact" ? byContact(first.card) : first.card;
  const card = await VpcdCard.connect({ card: side, ...vpcd });
  // A link that failed is put back by hand; the world goes on without it.
  card.on("error", () => undefined);
  return card;
}

async function announce(terminal: Terminal, lab: Lab, vpcd: Options["vpcd"]): Promise<void> {
  const { console, mkpf, localAuthPf, digitalAuthApp, attributeProvision, ocsp, crl } =
    lab.addresses;
  const control = labControl(lab);
  const folder = resolve(lab.state?.path ?? ".", "ca");
  const authCaCert = await exportCertificate(await control.caCertificate("auth"), folder, "auth");
  const signCaCert = await exportCertificate(await control.caCertificate("sign"), folder, "sign");
  const reader = vpcd === undefined ? undefined : `vpcd ${vpcd.host}:${vpcd.port}`;
  const cards = lab.cards.map((card, place) => ({
    ...cardRow(card),
    ...(place === 0 && reader !== undefined ? { reader } : {}),
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
