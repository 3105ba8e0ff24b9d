/**
 * Going on after a session with the card was lost: another program had it reset, or it was taken out
 * and put back (platform-facts CR-07, CR-09). The application is selected anew; a PIN is not
 * presented anew, because that is for its holder to decide, and because each time can cost a try.
 */
import { endsSession, type Reader } from "../reader/index.ts";

/**
 * Does `work` and, when the session ends under it, once more after opening the reader and selecting
 * the application. The second time the card wants its PINs again and refuses what needs one with
 * CARD_SECURITY_STATUS. `work` must not present a PIN itself.
 *
 * @throws what `work` throws the second time, and what `open` and `select` throw
 */
export async function resuming<T>(
  reader: Reader,
  client: { select(): Promise<void> },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!endsSession(error)) throw error;
  }
  await reader.open();
  await client.select();
  return work();
}
