import { notFound } from '@marquee/errors';
import type { Caller } from '@marquee/subgraph';

import { type ManagerDeps, requireManager } from '../access.ts';
import type { Screens, Shows } from '../domain/ports.ts';
import type { ScreenInVenue } from '../domain/show-batch.ts';
import type { Show } from '../domain/show.ts';

export interface ManagedShowDeps extends ManagerDeps {
  readonly shows: Pick<Shows, 'findMany' | 'cancel' | 'change'>;
  readonly screens: Screens;
  readonly now: () => Date;
}

/** A show at a venue that the caller manages, its screen, and the caller's id. @throws {CodedError} NOT_FOUND, FORBIDDEN */
export async function requireManagedShow(
  deps: ManagedShowDeps,
  caller: Caller,
  showId: string,
): Promise<{ show: Show; screen: ScreenInVenue; by: string }> {
  const [show] = await deps.shows.findMany([showId]);
  const screen = show && (await deps.screens.inVenue(show.screenId));
  if (!show || !screen) throw notFound('show');
  return { show, screen, by: await requireManager(deps, caller, screen.venue) };
}
