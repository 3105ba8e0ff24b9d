/**
 * How long the event loop stood still. Node's own `monitorEventLoopDelay` does not count what lies
 * before its first look, and that is when a disaster strikes.
 */

const LOOK_EVERY = 10;

/**
 * Watches from now on.
 *
 * @returns ends the watch, and gives the longest time in milliseconds without a turn of the loop
 */
export function watchStalls(): () => number {
  let seen = performance.now();
  let longest = 0;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - seen);
    seen = now;
  };
  const timer = setInterval(look, LOOK_EVERY).unref();
  return () => {
    clearInterval(timer);
    look();
    return longest;
  };
}
