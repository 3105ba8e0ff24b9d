/**
 * A municipal system's line of questions to a platform that may say "not now": 429 or 503 with
 * Retry-After (RFC 6585 section 4, RFC 9110 section 10.2.3). The whole line waits for as long as it was
 * told, and goes on with the question that was turned away.
 */
import { PlatformError } from "../../platform/index.ts";

export interface WaitingLine {
  /** Resolves when the seconds are over. */
  wait(seconds: number): Promise<void> | void;
  /** How often one question is asked at most. Default 5. */
  readonly attempts?: number;
}

/**
 * @returns the answers, in the order of the questions
 * @throws PlatformError PLATFORM_UNREACHABLE for a platform that does not say when to come back, or
 *   that said "not now" to the last attempt; every other error at once
 */
export async function askInLine<Question, Answer>(
  questions: readonly Question[],
  ask: (question: Question) => Promise<Answer>,
  line: WaitingLine,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const question of questions) answers.push(await askPatiently(() => ask(question), line));
  return answers;
}

async function askPatiently<Answer>(
  ask: () => Promise<Answer>,
  { wait, attempts = 5 }: WaitingLine,
): Promise<Answer> {
  for (let left = attempts - 1; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      const seconds = error instanceof PlatformError ? error.retryAfterSeconds : undefined;
      if (seconds === undefined || left === 0) throw error;
      await wait(seconds);
    }
  }
}
