/**
 * What differs from one operating system to another for whoever connects a reader (reader-facts
 * sections 1.4, 3.2, 4.1 and 4.4), as `jpki-bench doctor` tells it: only what concerns the project.
 */
import type { Bilingual } from "../../reports/index.ts";

/** What a project works with: a reader's driver, or `hid` for a relay board or bridge. */
export type Link = "pcsc" | "serial" | "hid";

/**
 * So that an ordinary user may open relay board and bridge; hidraw devices are root's otherwise. Put
 * the numbers of another device in the place of these.
 */
const UDEV_RULE = `KERNEL=="hidraw*", ATTRS{idVendor}=="16c0|04d8", ATTRS{idProduct}=="05df|00dd", TAG+="uaccess"`;
const UDEV_FILE = "/etc/udev/rules.d/70-jpki-bench.rules";

const LINUX: Readonly<Record<Link, readonly Bilingual[]>> = {
  pcsc: [
    {
      ja: "pcsc-lite 2.0.1以降はpolkitの許可が要ります。コンテナーでは pcscd -f --disable-polkit",
      en: "pcsc-lite 2.0.1 and later ask polkit; in a container use pcscd -f --disable-polkit",
    },
    {
      ja: "RC-S300とACR1251/1252はlibccidで動きます。RC-S380にはpcscd用ドライバーがなく、ACR122Uは公式には対象外です",
      en: "RC-S300 and ACR1251/1252 work by libccid; RC-S380 has no driver for pcscd, and ACR122U is officially unsupported",
    },
  ],
  serial: [
    {
      ja: "シリアル装置の利用権限: sudo usermod -aG dialout $USER のあと入り直す",
      en: "the right to use serial devices: sudo usermod -aG dialout $USER, then log in again",
    },
    {
      ja: "再接続で番号が変わるため、device には /dev/serial/by-id/… を指定する",
      en: "numbers change when replugged: name /dev/serial/by-id/... in `device`",
    },
  ],
  hid: [
    {
      ja: `udev規則: echo '${UDEV_RULE}' | sudo tee ${UDEV_FILE} のあと sudo udevadm control --reload && sudo udevadm trigger`,
      en: `udev rule: echo '${UDEV_RULE}' | sudo tee ${UDEV_FILE}, then sudo udevadm control --reload && sudo udevadm trigger`,
    },
    {
      ja: "node-hidには libusb-1.0-0 と libudev1 が要ります",
      en: "node-hid needs libusb-1.0-0 and libudev1",
    },
  ],
};

const WINDOWS: Readonly<Record<Link, readonly Bilingual[]>> = {
  pcsc: [
    {
      ja: "pcscdは不要です（サービス「Smart Card」SCardSvr）。RC-S380はSonyのドライバーで使えます",
      en: "no pcscd is needed (the service Smart Card, SCardSvr); RC-S380 works with Sony's driver",
    },
    {
      ja: "トランザクション中に5秒何も送らないとカードがリセットされます（0x80100068）",
      en: "a transaction that sends nothing for 5 seconds ends in a reset of the card (0x80100068)",
    },
  ],
  serial: [{ ja: "device には COM3 のように指定する", en: "name `device` like COM3" }],
  hid: [{ ja: "HID装置に追加の設定は要りません", en: "HID devices need no further setting" }],
};

// UNVERIFIED: nobody ran the bench on macOS; this is what its PC/SC framework is documented to be.
const MACOS: Readonly<Record<Link, readonly Bilingual[]>> = {
  pcsc: [
    {
      ja: "PC/SCはOSに含まれ、pcscdの導入は不要です（未検証）",
      en: "PC/SC is part of the system, no pcscd is to be installed (unverified)",
    },
  ],
  serial: [
    {
      ja: "device には /dev/cu.usbserial-… を指定する（未検証）",
      en: "name `device` like /dev/cu.usbserial-... (unverified)",
    },
  ],
  hid: [
    {
      ja: "HID装置に追加の設定は要らない見込みです（未検証）",
      en: "HID devices should need no further setting (unverified)",
    },
  ],
};

/** @param platform as `process.platform` names it; another Unix is told what holds for Linux */
export function notesFor(platform: string, links: readonly Link[]): Bilingual[] {
  const notes = platform === "win32" ? WINDOWS : platform === "darwin" ? MACOS : LINUX;
  return links.flatMap((link) => notes[link]);
}
