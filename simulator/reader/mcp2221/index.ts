/** Microchip's MCP2221A: its reports, and an emulated one with a PN532 on its bus. */
export { Mcp2221 } from "./bridge.ts";
export { Pn532OnI2c } from "./pn532-on-i2c.ts";
export {
  type BridgeAnswer,
  cancelReport,
  decodeBridgeAnswer,
  ENGINE,
  getDataReport,
  MCP2221_PRODUCT,
  MCP2221_VENDOR,
  readReport,
  speedReport,
  writeReports,
} from "./report.ts";
