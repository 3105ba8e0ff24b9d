/** SW1 and SW2 at the end of what a card answered. */
export function statusWordOf(answer: Uint8Array): number {
  const [sw1 = 0, sw2 = 0] = answer.subarray(-2);
  return (sw1 << 8) | sw2;
}
