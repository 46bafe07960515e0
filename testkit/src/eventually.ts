/** How long and how often to retry. */
export interface WaitOptions {
  /** 5,000 by default. */
  timeoutMs?: number;
  /** The pause between two attempts, in milliseconds; 15 by default. */
  everyMs?: number;
}

/**
 * Retries an assertion until it holds, and returns its result.
 *
 * @throws the assertion's last error when the time is up
 */
export async function eventually<T>(assertion: () => T | Promise<T>, options: WaitOptions = {}): Promise<T> {
  const { timeoutMs = 5000, everyMs = 15 } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
}
