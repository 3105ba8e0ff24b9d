/**
 * The dates in a ZIP archive (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16). Where they say
 * when an archive was packed, the same contents are never the same file twice.
 */

/** 1980-01-01 00:00, the first day these dates know: day 1 of month 1 of year 0 (section 4.4.6). */
const FIRST_DAY = (1 << 5) | 1;

const END_SIZE = 22;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;

/**
 * Sets the date of every file in `archive`, in place, to the first one there is.
 *
 * @throws RangeError for what is no archive, or one with a comment at its end
 */
export function forgetDates(archive: Uint8Array): void {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.byteLength - END_SIZE;
  expectSignature(view, end, END_SIGNATURE);
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    expectSignature(view, entry, ENTRY_SIGNATURE);
    setDate(view, entry + 12);
    setDate(view, view.getUint32(entry + 42, true) + 10);
    entry += 46 + [28, 30, 32].reduce((sum, at) => sum + view.getUint16(entry + at, true), 0);
  }
}

/** Time, and date behind it, two bytes each. */
function setDate(view: DataView, offset: number): void {
  view.setUint16(offset, 0, true);
  view.setUint16(offset + 2, FIRST_DAY, true);
}

function expectSignature(view: DataView, offset: number, signature: number): void {
  if (view.getUint32(offset, true) === signature) return;
  throw new RangeError(`no record of a ZIP archive at ${offset}`);
}
