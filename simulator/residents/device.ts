/** スマホ用電子証明書 on a device, as the register keeps it (card-facts section 9). */
export type Device = "android" | "iphone";

/** What one device holds. */
export interface SmartphoneRecord {
  readonly device: Device;
  readonly state: "valid" | "stopped" | "ended";
  readonly authSerial: number;
  readonly signSerial: number;
}
