/** スマホ用電子証明書 on a device, as the register keeps it (card-facts section 9). */
export type Device = "android" | "iphone";

/** What one device holds. */
export interface SmartphoneRecord {
  readonly device: Device;
  readonly state: "valid" | "stopped" | "ended";
  /** Sixteen digits, in the token information of its JPKI application. */
  readonly tokenSerial: string;
  readonly authSerial: number;
  readonly signSerial: number;
}
