import { useState } from 'react';

import type { GeoPointInput } from '../generated/graphql.ts';

/** Asks the browser where the person is, when they have pressed for it. */
export function usePosition(onFound: (point: GeoPointInput) => void) {
  const [state, setState] = useState<'idle' | 'asking' | 'denied'>('idle');
  const ask = (): void => {
    if (!('geolocation' in navigator)) return setState('denied');
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        setState('idle');
        onFound({ latitude, longitude });
      },
      () => setState('denied'),
      { maximumAge: 600_000, timeout: 10_000 },
    );
  };
  return { ask, isAsking: state === 'asking', isDenied: state === 'denied' };
}
