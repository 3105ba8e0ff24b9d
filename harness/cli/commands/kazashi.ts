/** `jpki-bench kazashi`: かざし利用クライアントソフト, browser edition, for a browser of this machine. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import {
  type ClientSoftwareProfile,
  parseClientSoftwareProfile,
} from "../../../simulator/client-software/index.ts";
import type { LabClient } from "../../../simulator/lab/index.ts";
import type { CardAnchor, HostSettingsFile } from "../../client-software/host-settings.ts";
import {
  type Installed,
  installClientSoftware,
  LOOPBACK_PAGES,
} from "../../client-software/install.ts";
import { projectNamed } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import { BenchError } from "../../errors.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand, collect } from "../command.ts";
import { readText } from "../files.ts";
import { DEFAULT_STATE, type LabPlace, withLab } from "../lab-access.ts";
import type { Terminal } from "../terminal.ts";

type ReaderSettings = HostSettingsFile["reader"];

interface Options extends LabPlace {
  readonly out: string;
  readonly browser: string;
  readonly project?: string;
  readonly labReader: string;
  readonly config?: string;
  readonly match: readonly string[];
  readonly register: readonly string[];
  readonly mkpf?: string;
  readonly anchors?: string;
  readonly log?: string;
  readonly names?: string;
}

export function kazashiCommand(): Command {
  return new Command("kazashi")
    .description("かざし利用クライアントソフト（代替品） / stand-in for the client software")
    .addCommand(installCommand());
}

function installCommand(): Command {
  const command = benchCommand(
    "install",
    "拡張機能と読取ソフトをこの端末に入れる",
    "install extension and native host on this machine",
  )
    .option("--project <name>", "読取装置のプロジェクト / project whose reader is used")
    .option("--lab-reader <name>", "labの読取装置 / a reader of the lab instead", "counter")
    .option("--config <file>", "設定ファイル / configuration file")
    .option("--out <dir>", "置き場所 / folder to install to", ".jpki-bench/kazashi")
    .option(
      "--browser <dir>",
      "ブラウザのユーザーデータフォルダー / user data directory of the browser",
      join(homedir(), ".config/chromium"),
    )
    .option("--match <pattern>", "対象の画面（繰返し可） / pages it serves", collect, [])
    .option("--register <origin>", "labのMKPFに登録する画面 / page to register", collect, [])
    .option("--state <dir>", "状態フォルダー / state directory", DEFAULT_STATE)
    .option("--lab <url>", "稼働中のlabのアドレス / address of a running lab")
    .option("--mkpf <url>", "labの代わりのMKPF / MKPF instead of the lab's")
    .option("--anchors <file>", "--mkpf と併用: 信頼するCA（JSON） / trusted CAs, with --mkpf")
    .option("--log <file>", "秘匿済みの記録先 / file for a redacted log")
    .option("--names <file>", "非公開の名前の差替え（JSON） / profile of the wire names");
  return acts<Options>(command, async (terminal, options) => {
    const { out: folder, browser, match } = options;
    const profile = await profileOf(options);
    const installed = await installClientSoftware({
      folder,
      browser,
      profile: parseClientSoftwareProfile(profile ?? {}),
      matches: match.length > 0 ? match : LOOPBACK_PAGES,
      settings: { ...(await settingsOf(options)), ...(profile !== undefined && { profile }) },
      command: [process.execPath, process.argv[1] ?? ""],
    });
    terminal.document(installed);
    tell(terminal, installed);
    return EXIT.success;
  });
}

async function settingsOf(options: Options): Promise<HostSettingsFile> {
  const log = options.log === undefined ? {} : { log: resolve(options.log) };
  const own =
    options.project === undefined ? undefined : await projectReader(options.project, options);
  const { mkpf, anchors } = options;
  if (mkpf === undefined) {
    return withLab(options, async (lab) => ({ ...log, ...(await ofLab(lab, options, own)) }));
  }
  if (own === undefined) throw new BenchError("CLI_USAGE", "--mkpf needs --project");
  const trusted = anchors === undefined ? [] : await readJson<CardAnchor[]>(anchors);
  return { ...log, mkpf, reader: own, anchors: trusted };
}

async function projectReader(project: string, options: Options): Promise<ReaderSettings> {
  const config = await loadConfig(process.cwd(), options.config);
  projectNamed(config, project);
  return config.file === undefined ? { project } : { project, config: config.file };
}

async function ofLab(
  lab: LabClient,
  options: Options,
  own: ReaderSettings | undefined,
): Promise<HostSettingsFile> {
  for (const origin of options.register) {
    await lab("registerClientSoftware", {
      environment: "verification",
      name: "jpki-bench kazashi install",
      edition: "extension",
      origin,
      sourceAddresses: ["127.0.0.1"],
    });
  }
  const { console, mkpf } = (await lab("getWorld")).addresses;
  const anchors = await lab("listCardAnchors");
  return {
    mkpf: mkpf.verification,
    reader: own ?? { lab: console, name: options.labReader },
    anchors: anchors
      .filter(({ application }) => application === "visual")
      .map(({ keyId, publicKey }) => ({ keyId, publicKey })),
  };
}

async function profileOf({ names }: Options): Promise<ClientSoftwareProfile | undefined> {
  return names === undefined ? undefined : readJson(names);
}

/** What it holds is looked at where it is used. @throws BenchError FILE_UNREADABLE, CONFIG_INVALID */
async function readJson<T>(path: string): Promise<T> {
  const text = await readText(path);
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new BenchError("CONFIG_INVALID", `${path} is not JSON`, { cause });
  }
}

function tell(terminal: Terminal, { extension, manifest }: Installed): void {
  terminal.line(manifest);
  terminal.line(extension);
  terminal.line(
    terminal.say({
      ja: "chrome://extensions で「デベロッパーモード」を入れ、このフォルダーを読み込んでください。",
      en: "In chrome://extensions switch on developer mode and load this folder unpacked.",
    }),
  );
}
