const longest = 8;

/** Lets the page go on meanwhile: to be awaited inside long loops, it pauses whenever the work has taken 8 ms since the last pause. */
export function createPause(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < longest) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}
