/** What a lab says of itself when it is ready: for programs one line of JSON, for people a list. */
import { mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type CardRow, type Lab, labClient } from "../../simulator/lab/index.ts";
import type { RelyingPartyAddresses } from "../relying-party/relying-parties.ts";
import { exportCa } from "./commands/ca-authorities.ts";
import type { Terminal } from "./terminal.ts";

export async function announceLab(
  terminal: Terminal,
  lab: Lab,
  relyingParties?: RelyingPartyAddresses,
): Promise<void> {
  const client = labClient(lab.addresses.console);
  const folder = resolve(lab.state?.path ?? ".", "ca");
  const authCaCert = await exportCa(client, folder, "auth");
  const signCaCert = await exportCa(client, folder, "sign");
  const webCaCert = await exportWebCa(lab, folder);
  const places = new Map(
    (await client("listReaders")).map(({ name, kind, place }) => [name, { kind, place }]),
  );
  const cards = (await client("listCards")).map(({ reader, ...card }) => {
    const { kind, place } = places.get(reader ?? "") ?? {};
    return place === undefined ? card : { ...card, reader: `${kind} ${place}` };
  });
  const { console, ocsp, crl, mkpf, ...platforms } = lab.addresses;
  terminal.document({
    ready: true,
    console,
    openapi: `${console}/control/openapi.json`,
    platforms: { mkpf: mkpf.verification, mkpfProduction: mkpf.production, ...platforms },
    ...(relyingParties && { relyingParties }),
    ca: {
      ...{ signCaCert, authCaCert, ocsp, crl: crl.auth, signCrl: crl.sign },
      ...(webCaCert === undefined ? {} : { webCaCert }),
    },
    cards,
    seed: lab.seed,
  });
  tellPeople(terminal, lab, { authCaCert, signCaCert, webCaCert }, cards);
}

/** PEM, for clients of platforms behind TLS. */
async function exportWebCa({ webCa }: Lab, folder: string): Promise<string | undefined> {
  if (webCa === undefined) return undefined;
  const path = resolve(folder, "web-ca.pem");
  await mkdir(folder, { recursive: true });
  await writeFile(path, webCa);
  return path;
}

function tellPeople(
  terminal: Terminal,
  lab: Lab,
  files: Readonly<Record<string, string | undefined>>,
  cards: readonly Pick<CardRow, "id" | "pins" | "reader">[],
): void {
  const { addresses, seed } = lab;
  const { console, ocsp, crl, mkpf, localAuthPf, digitalAuthApp } = addresses;
  terminal.line(terminal.say({ ja: "模擬環境を起動しました", en: "the simulated world is up" }));
  terminal.line(`  console      ${console}`);
  terminal.line(`  OpenAPI      ${console}/control/openapi.json`);
  terminal.line(`  OCSP         ${ocsp}`);
  terminal.line(`  CRL          ${crl.auth}\n               ${crl.sign}`);
  terminal.line(
    `  MKPF         ${mkpf.verification} (検証)\n               ${mkpf.production} (本番)`,
  );
  terminal.line(`  地方認証PF     ${localAuthPf}`);
  terminal.line(`  デジタル認証   ${digitalAuthApp}`);
  terminal.line(`  4情報提供     ${addresses.attributeProvision}`);
  terminal.line(`  カードAP搭載   ${addresses.cardApLoader}`);
  for (const { name, address } of lab.neighbours)
    terminal.line(`  ${terminal.say(name).padEnd(12)} ${address}`);
  for (const file of Object.values(files))
    if (file !== undefined) terminal.line(`  CA           ${file}`);
  for (const { id, pins, reader } of cards) {
    const known = Object.entries(pins).map(([name, pin]) => `${name} ${pin}`);
    terminal.line(
      `  card ${id}  ${known.join(", ")}${reader === undefined ? "" : `  → ${reader}`}`,
    );
  }
  terminal.line(`  seed         ${seed}`);
  terminal.line(terminal.say({ ja: "終了するには Ctrl+C", en: "Ctrl+C to stop" }));
}
