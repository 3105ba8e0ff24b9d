export { type Atr, parseAtr, typeBAtr } from "./atr.ts";
export { byteAt, concat, equal, uint16 } from "./bytes.ts";
export {
  type CommandApdu,
  type CommandFields,
  encodeCommand,
  parseCommand,
} from "./command-apdu.ts";
export { fromHex, toHex } from "./hex.ts";
export { encodeResponse, parseResponse, type ResponseApdu } from "./response-apdu.ts";
export {
  describeStatus,
  type Meaning,
  SW,
  triesLeft,
  triesLeftStatus,
} from "./status-words.ts";
export { encodeTlv, findTlv, parseTlv, parseTlvs, type Tlv } from "./tlv.ts";
