/**
 * かざし利用クライアントソフト, a stand-in for all three editions (platform-facts section 3): the library
 * (`ClientSoftware`), the browser extension with its native host, and the page API on top of them.
 *
 * NON-NORMATIVE / 非規範（実仕様は非公開）: see profile.ts.
 */
export { ClientSoftwareError, type RefusalDetails } from "./error.ts";
export { DIALOG } from "./extension/dialog.ts";
export { type Kazashi, kazashiOn, type PageAttributes } from "./extension/page.ts";
export {
  type ExtensionOptions,
  extensionFiles,
  extensionId,
  hostManifest,
} from "./extension-files.ts";
export type { BrowserFiles } from "./modules.ts";
export { type HostOptions, serveHost } from "./native/host.ts";
export { pageFiles } from "./page-files.ts";
export type { AdmissionDesk, CardDesk, Client, Doubt, KazashiCard } from "./ports.ts";
export {
  type ClientSoftwareProfile,
  DEFAULT_CLIENT_SOFTWARE_PROFILE,
  parseClientSoftwareProfile,
} from "./profile.ts";
export { GUIDANCE, type Guidance, type Reason } from "./reasons.ts";
export type { Place, Use } from "./request.ts";
export { type Circumstances, ClientSoftware, type SoftwareOptions } from "./software.ts";
export { type RegistrationLookup, type TouchedCard, touch } from "./touch.ts";
export { Withheld } from "./withheld.ts";
