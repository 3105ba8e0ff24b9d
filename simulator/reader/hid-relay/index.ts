/** USB relay boards: their reports, and an emulated one. */
export { RelayBoard } from "./board.ts";
export {
  decodeRelayState,
  encodeRelayCommand,
  RELAY_PRODUCT,
  RELAY_REPORT_LENGTH,
  RELAY_VENDOR,
  RELAYS_MAX,
  type RelayState,
  STATE_REPORT_ID,
} from "./report.ts";
