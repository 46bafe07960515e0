import { groupedBy, type LatestPage, perArguments } from '@marquee/subgraph';
import type DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { HistoryEntry } from './domain/history-entry.ts';

export interface Loaders {
  /** A page of histories by user id, up to one more than the page's limit. */
  history(page: LatestPage): DataLoader<string, readonly HistoryEntry[]>;
}

export function loaders({ history }: Pick<Deps, 'history'>): Loaders {
  return {
    history: perArguments((page: LatestPage) =>
      groupedBy(
        (userIds) => history.ofUsers(userIds, page),
        ({ userId }) => userId,
      ),
    ),
  };
}
