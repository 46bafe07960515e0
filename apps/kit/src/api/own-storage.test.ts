import { afterEach, expect, it, vi } from 'vitest';

import { forgetOwn, OWN } from './own-storage.ts';

afterEach(() => vi.unstubAllGlobals());

it('what a tab keeps for a person is gone once they signed out, a link’s token stays', () => {
  const kept: Record<string, unknown> = { [`${OWN}draft.1`]: 'Dear support', 'marquee.ticket-offer': 'token' };
  Object.defineProperty(kept, 'removeItem', { value: (key: string) => delete kept[key] });
  vi.stubGlobal('sessionStorage', kept);
  forgetOwn();
  expect(Object.keys(kept)).toEqual(['marquee.ticket-offer']);
});
