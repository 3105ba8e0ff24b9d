/** The system parts the bench can use, and how to see whether this machine has them. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { promisify } from "node:util";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

export interface Part {
  readonly name: string;
  readonly found: boolean;
  /** Version or place, where it is known. */
  readonly detail?: string;
  readonly use: { readonly ja: string; readonly en: string };
  /** Reader drivers that cannot work without it. */
  readonly neededBy: readonly string[];
  /** What to type to get it (Debian's names). */
  readonly install: string;
}

type Probe = () => Promise<string | undefined>;

interface PartToFind extends Omit<Part, "found" | "detail"> {
  readonly probe: Probe;
}

const PARTS: readonly PartToFind[] = [
  {
    name: "node",
    use: { ja: "実行環境", en: "runtime" },
    neededBy: ["simulated", "pcsc", "pn532", "rcs620s", "twn4", "mcp2221a"],
    install: "https://nodejs.org/ (20.19 or newer)",
    probe: async () => process.version,
  },
  {
    name: "pcsclite",
    use: { ja: "PC/SC読取装置（npmパッケージ）", en: "PC/SC readers (npm package)" },
    neededBy: ["pcsc"],
    install:
      "npm install koffi (or: apt-get install libpcsclite-dev g++ make, npm install pcsclite)",
    probe: async () => packageVersion("pcsclite") ?? koffi(),
  },
  {
    name: "pcscd",
    use: { ja: "PC/SCサービス", en: "PC/SC service" },
    // Windows and macOS bring their own.
    neededBy: process.platform === "linux" ? ["pcsc"] : [],
    install: "sudo apt-get install pcscd",
    probe: () => output("pcscd", ["--version"], /version ([\d.]+)/),
  },
  {
    name: "serialport",
    use: { ja: "シリアル読取装置（npmパッケージ）", en: "serial readers (npm package)" },
    neededBy: ["pn532", "rcs620s", "twn4", "servo"],
    install: "npm install serialport",
    probe: async () => packageVersion("serialport"),
  },
  {
    name: "node-hid",
    use: { ja: "USBリレーなどのHID装置（npmパッケージ）", en: "HID devices (npm package)" },
    neededBy: ["hid-relay", "mcp2221a"],
    install: "npm install node-hid",
    probe: async () => packageVersion("node-hid"),
  },
  {
    name: "vpcd",
    use: { ja: "仮想PC/SC読取装置", en: "virtual PC/SC reader" },
    neededBy: [],
    install: "sudo apt-get install vsmartcard-vpcd",
    probe: async () =>
      ["/usr/lib/pcsc/drivers/serial/libifdvpcd.so", "/etc/reader.conf.d/vpcd"].find((path) =>
        existsSync(path),
      ),
  },
  {
    name: "opensc",
    use: { ja: "独立したカードクライアント", en: "independent card client" },
    neededBy: [],
    install: "sudo apt-get install opensc",
    probe: () => output("opensc-tool", ["--info"], /OpenSC ([\d.]+)/i),
  },
  {
    name: "openssl",
    use: { ja: "独立した検証者", en: "independent verifier" },
    neededBy: [],
    install: "sudo apt-get install openssl",
    probe: () => output("openssl", ["version"], /OpenSSL (\S+)/),
  },
];

export async function findParts(): Promise<Part[]> {
  return Promise.all(
    PARTS.map(async ({ probe, ...part }) => {
      const detail = await probe();
      return detail === undefined ? { ...part, found: false } : { ...part, found: true, detail };
    }),
  );
}

async function output(file: string, words: string[], version: RegExp): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(file, words, { timeout: 5000 });
    return version.exec(stdout + stderr)?.[1] ?? file;
  } catch {
    return undefined;
  }
}

/** Stands in for pcsclite where that could not be built. It does not tell its version. */
function koffi(): string | undefined {
  try {
    require.resolve("koffi");
    return "koffi";
  } catch {
    return undefined;
  }
}

function packageVersion(name: string): string | undefined {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}
