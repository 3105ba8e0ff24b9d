/** USB HID devices of the bench: the port, its host, and the reader behind a bridge. */
export { nodeHidHost } from "./node-hid.ts";
export {
  type BridgedPn532Options,
  bridgedDirectory,
  bridgedPn532Reader,
  findBridge,
} from "./pn532-line.ts";
export { type HidDevice, type HidHost, type HidPort, withDeadline } from "./port.ts";
