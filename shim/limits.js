// Waiting no longer than is good.

export async function sleep(ms) {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

// The timer belongs to the request that waits: the runtime gives up on a request which waits for nothing of
// its own.
export function withTimeout(ms, promise) {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer from storage within ${ms} ms`));
    const timer = setTimeout(late, ms);
    const settle = (how) => (value) => {
      clearTimeout(timer);
      how(value);
    };
    promise.then(settle(resolve), settle(reject));
  });
}
