import { beforeEach, afterEach, expect, it, vi } from 'vitest';

import { keepOwnOf, OWN } from './own-storage.ts';

let kept: Record<string, unknown>;

beforeEach(() => {
  kept = { [`${OWN}draft.1`]: 'Dear support', 'marquee.ticket-offer': 'token', 'marquee.owner': 'robin' };
  Object.defineProperties(kept, {
    getItem: { value: (key: string) => kept[key] ?? null },
    setItem: { value: (key: string, value: string) => void (kept[key] = value) },
    removeItem: { value: (key: string) => delete kept[key] },
  });
  vi.stubGlobal('sessionStorage', kept);
});
afterEach(() => vi.unstubAllGlobals());

it('what a tab keeps for a person is gone once they signed out, a link’s token stays', () => {
  keepOwnOf(undefined);
  expect(Object.keys(kept)).toEqual(['marquee.ticket-offer']);
});

it('what a tab keeps for a person is there when they come back, and not for another one', () => {
  keepOwnOf('robin');
  expect(Object.keys(kept)).toContain(`${OWN}draft.1`);
  keepOwnOf('alex');
  expect(Object.keys(kept)).toEqual(['marquee.ticket-offer', 'marquee.owner']);
});
