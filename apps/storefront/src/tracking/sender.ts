import { print } from 'graphql';

import { TrackEventsDocument, type TrackEventInput } from '../generated/graphql.ts';
import { outbox } from './outbox.ts';
import { pauseMs, type Refusal, refusedEvent } from './retry.ts';

/** Browsers allow 64 KB for requests that outlive their page. */
const BATCH = 100;
const COLLECT_MS = 4_000;

type Token = () => Promise<string | undefined>;

let token: Token | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let attempt = 0;

/** Sends what is in the outbox, some seconds after the first event of a batch and when the page is hidden. */
export function startSending(ofSession: Token): () => void {
  token = ofSession;
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') void send();
  };
  document.addEventListener('visibilitychange', onHide);
  if (outbox.all().length > 0) schedule(COLLECT_MS);
  return () => {
    document.removeEventListener('visibilitychange', onHide);
    clearTimeout(timer);
    timer = undefined;
    token = undefined;
  };
}

/** Has the outbox sent soon, unless that is planned already. */
export function schedule(ms: number = COLLECT_MS): void {
  if (!token) return;
  timer ??= setTimeout(() => void send(), ms);
}

async function send(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  // One tab at a time, so that a batch is not sent by two.
  await navigator.locks.request('marquee.events', { ifAvailable: true }, async (lock) => {
    const batch = outbox.all().slice(0, BATCH);
    if (!token || batch.length === 0) return;
    if (!lock) return schedule();
    const refusal = await post(batch, await token()).catch((): Refusal => ({}));
    settle(batch, refusal);
  });
}

function settle(batch: readonly TrackEventInput[], refusal: Refusal | undefined): void {
  const position = refusal && refusedEvent(refusal);
  const isInvalid = refusal?.code === 'BAD_USER_INPUT';
  if (!refusal || isInvalid) {
    const done = position === undefined ? batch : batch.slice(position, position + 1);
    outbox.remove(new Set(done.map(({ id }) => id)));
    attempt = 0;
    if (outbox.all().length > 0) schedule();
  } else schedule(pauseMs(attempt++, refusal));
}

/** @returns why the batch was refused; undefined when it is acknowledged */
async function post(events: readonly TrackEventInput[], accessToken: string | undefined): Promise<Refusal | undefined> {
  const response = await fetch('/graphql', {
    method: 'POST',
    keepalive: true,
    headers: {
      'content-type': 'application/json',
      'apollographql-client-name': 'storefront',
      ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify({ operationName: 'TrackEvents', query: print(TrackEventsDocument), variables: { events } }),
  });
  const { errors } = (await response.json()) as { errors?: { extensions?: Refusal }[] };
  return errors?.[0] && (errors[0].extensions ?? {});
}
