/** How long to wait for something that happens by itself. */
export interface Patience {
  /** 5,000 ms when not given. */
  timeoutMs?: number;
  /** Pause between two tries; 15 ms when not given. */
  everyMs?: number;
}

/**
 * Tries until the assertion holds, and returns what it returned.
 *
 * @throws the assertion's last error when the time is up.
 */
export async function eventually<T>(assertion: () => T | Promise<T>, patience: Patience = {}): Promise<T> {
  const { timeoutMs = 5000, everyMs = 15 } = patience;
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
