/** USB HID devices of the bench: the port, its host, and the reader behind a bridge. */
export { nodeHidHost } from "./node-hid.ts";
export { findHid, type HidDevice, type HidHost, type HidPort, withDeadline } from "./port.ts";
