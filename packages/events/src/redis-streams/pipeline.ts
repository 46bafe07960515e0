import type { ChainableCommander } from 'ioredis';

/** Sends commands in one round trip. @returns their results @throws the first failure */
export async function execute(commands: ChainableCommander): Promise<unknown[]> {
  if (commands.length === 0) return [];
  const results = (await commands.exec()) ?? [];
  return results.map(([failure, result]) => {
    if (failure) throw failure;
    return result;
  });
}
