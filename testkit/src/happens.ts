const TRIES = 10;

/** Whether a race that luck can prevent is lost within ten tries. For controls, which show that a test can fail. */
export async function happens(isLost: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) if (await isLost()) return true;
  return false;
}
