/** かざし利用クライアントソフト over the readers of the bench. */
export {
  ClientSoftwareError,
  type ClientSoftwareProfile,
  type Kazashi,
  parseClientSoftwareProfile,
  type Reason,
} from "../../simulator/client-software/index.ts";
export type { PinDialog } from "./headless/dialog.ts";
export type { HeadlessTerminal } from "./headless/terminal.ts";
export type { ClientSoftwareSystems } from "./systems.ts";
