import { useLive } from '@marquee/app-kit/api';
import { useCallback, useEffect, useRef, useState } from 'react';

import { LiveSalesDocument } from '../generated/graphql.ts';
import { afterSale, type LiveState, NOTHING_YET } from './live.ts';

/** Reports are read again at most so often. */
const READ_EVERY_MS = 4_000;

export interface LiveSalesOptions {
  /** Tickets of a show when it was read; undefined for a show of another day. */
  readonly soldOf: (showId: string) => number | undefined;
  /** Reads what events do not say: the report, and after a gap the shows. */
  readonly onChange: (isGap: boolean) => void;
}

/** Sales of a venue as they happen. */
export function useLiveSales(venueId: string, { soldOf, onChange }: LiveSalesOptions): LiveState {
  const [state, setState] = useState<LiveState>(NOTHING_YET);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(onChange);
  useEffect(() => void (latest.current = onChange));
  useEffect(() => () => clearTimeout(timer.current), []);
  const readSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current(false);
    }, READ_EVERY_MS);
  }, []);
  useLive(
    LiveSalesDocument,
    { venueId },
    {
      onEvent: ({ liveSales }) => {
        if (!liveSales) return;
        setState((now) => afterSale(now, liveSales, Date.now(), soldOf(liveSales.show.id)));
        readSoon();
      },
      onGap: () => {
        setState(NOTHING_YET);
        latest.current(true);
      },
    },
  );
  return state;
}
