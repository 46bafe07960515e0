import { useEffect, useRef } from 'react';

import type { TrackEventInput } from '../generated/graphql.ts';
import { outbox } from './outbox.ts';
import { schedule } from './sender.ts';
import { visitorId } from './visitor.ts';

/** The names that mean something to the server, of what a page tells. */
export type TrackedName =
  | 'title_view'
  | 'show_view'
  | 'seat_map_view'
  | 'search'
  | 'search_click'
  | 'checkout_start'
  | 'ad_impression'
  | 'ad_click';

export type TrackedFields = Omit<TrackEventInput, 'id' | 'name' | 'at' | 'visitorId'>;

/** Tells what the person did. It never fails and never waits; the event is sent within seconds. */
export function track(name: TrackedName, fields: TrackedFields = {}): void {
  outbox.add({ id: crypto.randomUUID(), name, at: new Date().toISOString(), visitorId: visitorId(), ...fields });
  schedule();
}

/** Tells of a view once while the component shows the same; nothing while `fields` is undefined. */
export function useTrack(name: TrackedName, fields: TrackedFields | undefined): void {
  const told = useRef<string>(undefined);
  const key = fields && JSON.stringify(fields);
  useEffect(() => {
    if (key === undefined || told.current === key) return;
    told.current = key;
    track(name, JSON.parse(key) as TrackedFields);
  }, [name, key]);
}
