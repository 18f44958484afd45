// Readings that never overtake each other.

/**
 * A function that runs `work` at once; who calls it while it runs waits for one more run, so that
 * nothing that happened meanwhile is missed and many calls cost two runs.
 */
export function lane(work) {
  let running = null;
  let next = null;
  const start = () => {
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  const run = () => {
    if (!running) return start();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return running ?? start();
      });
    return next;
  };
  /** What is still being read. */
  run.rest = () => next ?? running;
  return run;
}
