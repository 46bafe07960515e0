import type { Contender } from './setup.ts';
import type { Workload } from './workloads.ts';

export interface Answers {
  /** The response size of each gateway. */
  readonly bytes: Readonly<Record<string, number>>;
  /** Gateways whose responses differ only in surrounding white space or the order of keys. */
  readonly alike: readonly string[];
}

const ASKED = 3;

/**
 * Sends the same requests to every gateway, and compares the responses with those of the first.
 *
 * @throws when a response differs, because then the gateways would not do the same work
 */
export async function compareAnswers(
  contenders: readonly Contender[],
  workload: Workload,
  authorization: string,
): Promise<Answers> {
  const bytes: Record<string, number> = {};
  const alike = new Set<string>();
  for (let n = 1; n <= ASKED; n++) {
    const texts = await Promise.all(contenders.map(({ url }) => answer(url, workload.body(n), authorization)));
    const reference = texts[0] ?? '';
    if (!reference.startsWith('{"data":{')) throw new Error(`${workload.name} is not answered: ${reference}`);
    for (const [index, { name }] of contenders.entries()) {
      const text = texts[index] ?? '';
      bytes[name] = Buffer.byteLength(text);
      if (text.trim() === reference.trim()) continue;
      if (ordered(text) !== ordered(reference)) throw new Error(`${name} answers ${workload.name} with ${text}`);
      alike.add(name);
    }
  }
  return { bytes, alike: [...alike] };
}

async function answer(url: string, body: string, authorization: string): Promise<string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json', authorization };
  const response = await fetch(url, { method: 'POST', headers, body });
  return response.text();
}

/** The JSON with the keys of each object in the same order. */
function ordered(json: string): string {
  return JSON.stringify(JSON.parse(json), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
