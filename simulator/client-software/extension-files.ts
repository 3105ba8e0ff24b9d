/**
 * The browser extension as files of an unpacked extension (Manifest V3), and the manifest of its
 * native host. The texts of entry points are a line or two; what they do is in extension/.
 */
import { createHash } from "node:crypto";
import { NOTICE } from "../platform/notice.ts";
import { DIALOG } from "./extension/dialog.ts";
import { type BrowserFiles, browserModules } from "./modules.ts";
import type { ClientSoftwareProfile } from "./profile.ts";

export interface ExtensionOptions {
  readonly profile: ClientSoftwareProfile;
  /**
   * Pages it serves, as match patterns of Chrome (developer.chrome.com, "Match patterns"); a port
   * cannot be named.
   */
  readonly matches: readonly string[];
}

const MODULES = "modules";
const NAME = "かざし利用クライアントソフト（jpki-bench 代替品）";
const PARTS = ["content", "worker", "dialog"].map((part) => `client-software/extension/${part}`);

/** @returns text by path, `manifest.json` among them */
export async function extensionFiles(options: ExtensionOptions): Promise<BrowserFiles> {
  const { profile } = options;
  const modules = await browserModules(PARTS);
  return new Map([
    ...[...modules].map(([path, text]) => [`${MODULES}/${path}`, text] as const),
    ["manifest.json", JSON.stringify(manifest(options), undefined, 2)],
    ["profile.js", `export const PROFILE = ${JSON.stringify(profile)};\n`],
    ["worker.js", entry("worker", "startWorker(chrome, PROFILE)")],
    ["content-main.js", entry("content", "startContent(chrome, document, PROFILE)")],
    // A content script cannot be a module itself.
    ["content.js", `void import(chrome.runtime.getURL("content-main.js"));\n`],
    ["pin.js", entry("dialog", "startDialog(chrome, window)")],
    ["pin.html", PIN_HTML],
  ]);
}

/** The id browsers give an extension with such a key: its SHA-256's first half in letters a to p. */
export function extensionId({ extensionKey }: ClientSoftwareProfile): string {
  const digest = createHash("sha256").update(Buffer.from(extensionKey, "base64")).digest("hex");
  const letter = (digit: string) => String.fromCharCode(97 + Number.parseInt(digit, 16));
  return [...digest.slice(0, 32)].map(letter).join("");
}

/**
 * What a browser has to find to start the host (developer.chrome.com, "Native messaging").
 *
 * @param path of the program; a browser gives it no arguments of ours
 */
export function hostManifest(profile: ClientSoftwareProfile, path: string) {
  return {
    name: profile.hostName,
    description: NAME,
    path,
    type: "stdio",
    allowed_origins: [`chrome-extension://${extensionId(profile)}/`],
  };
}

function manifest({ profile, matches }: ExtensionOptions) {
  return {
    manifest_version: 3,
    name: NAME,
    description: NOTICE.slice(0, 132),
    version: profile.versions.extension,
    key: profile.extensionKey,
    minimum_chrome_version: "111",
    permissions: ["nativeMessaging"],
    background: { service_worker: "worker.js", type: "module" },
    content_scripts: [{ matches, js: ["content.js"], run_at: "document_start" }],
    web_accessible_resources: [
      { resources: ["content-main.js", "profile.js", `${MODULES}/*`], matches },
    ],
  };
}

function entry(part: string, call: string): string {
  const [name = ""] = call.split("(");
  return `import { ${name} } from "./${MODULES}/client-software/extension/${part}.js";
import { PROFILE } from "./profile.js";
${call};
`;
}

const PIN_HTML = `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<title>暗証番号の入力 / PIN</title>
<style>
body { font: 1rem/1.6 system-ui, sans-serif; margin: 1.5rem; }
input { font: inherit; letter-spacing: 0.3em; width: 7em; }
button { font: inherit; padding: 0.3rem 1rem; }
#${DIALOG.trouble} { color: #a40000; }
</style>
</head>
<body>
<form id="${DIALOG.form}">
<p id="${DIALOG.origin}"></p>
<label for="${DIALOG.input}" id="${DIALOG.label}"></label>
<p><input id="${DIALOG.input}" type="password" inputmode="numeric" maxlength="4" autocomplete="off"></p>
<p id="${DIALOG.trouble}" role="alert"></p>
<button>送信 / Send</button>
<button type="button" id="${DIALOG.cancel}">中止 / Cancel</button>
</form>
<script type="module" src="pin.js"></script>
</body>
</html>
`;
