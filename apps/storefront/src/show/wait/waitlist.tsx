import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { useLive, useSessionState } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, ProblemNotice, Select, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import {
  JoinWaitlistDocument,
  LeaveWaitlistDocument,
  MyWaitlistEntriesDocument,
  type MyWaitlistEntriesQuery,
  WaitlistMovedDocument,
} from '../../generated/graphql.ts';
import { readMyHolds } from '../../holds/use-my-holds.ts';
import { Stepper } from '../choose/stepper.tsx';
import type { ShowOnSale } from '../use-show.ts';
import { waitTexts } from './texts.ts';
import styles from './wait.module.css';

type Entry = NonNullable<NonNullable<MyWaitlistEntriesQuery['viewer']>['waitlistEntries']>[number];

/** The person's places on the waitlist of a show, as they move up. */
export function useWaitlist(showId: string) {
  const isSignedIn = useSessionState() === 'signed-in';
  const { data, refetch } = useQuery(MyWaitlistEntriesDocument, { skip: !isSignedIn });
  const client = useApolloClient();
  const entries = (data?.viewer?.waitlistEntries ?? []).filter(
    ({ show, status }) => show.id === showId && status !== 'LEFT' && status !== 'PURCHASED',
  );
  const read = (): void => void refetch().catch(() => undefined);
  const current = entries.find(isOpen);
  useLive(
    WaitlistMovedDocument,
    { entryId: current?.id ?? '' },
    {
      // The cache has the entry, as it is now.
      onEvent: ({ waitlistChanged: { entry } }) => {
        if (!entry) read();
        else if (entry.status === 'OFFERED') void readMyHolds(client);
      },
      onGap: read,
      skip: !isSignedIn || !current,
    },
  );
  return { entries, read };
}

const isOpen = ({ status }: Pick<Entry, 'status'>): boolean => status === 'WAITING' || status === 'OFFERED';

export interface WaitlistProps {
  readonly show: ShowOnSale;
  readonly maximum: number;
  readonly entries: readonly Entry[];
  readonly onChange: () => void;
}

/** Puts a party on the waitlist, and shows its place in the order. */
export function Waitlist({ show, maximum, entries, onChange }: WaitlistProps) {
  const t = useTexts(waitTexts);
  const current = entries.find(isOpen);
  return (
    <section className={styles['room']} aria-label={t('waitlist')}>
      <h2>{t('waitlist')}</h2>
      {!current && entries.some(({ status }) => status === 'OFFER_EXPIRED') && <Notice>{t('offerOver')}</Notice>}
      {current ? (
        <Place entry={current} onChange={onChange} />
      ) : (
        <JoinForm show={show} maximum={maximum} onChange={onChange} />
      )}
    </section>
  );
}

function Place({ entry, onChange }: { readonly entry: Entry; readonly onChange: () => void }) {
  const t = useTexts(waitTexts);
  const { number } = useFormats();
  const [leave, { loading, error }] = useMutation(LeaveWaitlistDocument, { variables: { entryId: entry.id } });
  const { status, position, partySize, hold } = entry;
  return (
    <>
      {status === 'OFFERED' && hold ? (
        <Notice tone="good">
          <p>{t('offered')}</p>
          <ButtonLink href={`/checkout/${hold.id}`}>{t('take')}</ButtonLink>
        </Notice>
      ) : (
        <p className={styles['position']} role="status">
          <strong>{number(position ?? 1)}</strong>
          <span>{t('entry', { size: partySize, position: number(position ?? 1) })}</span>
        </p>
      )}
      <Soft>{t('waitlistWhy')}</Soft>
      {error && <ProblemNotice error={error} />}
      <Button kind="quiet" isPending={loading} onPress={() => void leave().then(onChange, onChange)}>
        {t('leave')}
      </Button>
    </>
  );
}

function JoinForm({ show, maximum, onChange }: Omit<WaitlistProps, 'entries'>) {
  const t = useTexts(waitTexts);
  const isAnonymous = useSessionState() === 'anonymous';
  const [partySize, setPartySize] = useState(2);
  const [tierId, setTierId] = useState('');
  const [join, { data, loading, error }] = useMutation(JoinWaitlistDocument);
  const refusal = data && data.joinWaitlist.__typename !== 'JoinWaitlistPayload' ? data.joinWaitlist : undefined;
  const send = (): void => {
    const input = { showId: show.id, partySize, tierId: tierId || null };
    void join({ variables: { input } }).then(onChange, () => undefined);
  };
  const tiers = [{ id: '', text: t('anyTier') }, ...show.priceTiers.map(({ id, name }) => ({ id, text: name }))];
  return (
    <>
      <p>{t('waitlistWhy')}</p>
      <Stepper
        label={t('party')}
        value={partySize}
        minimum={1}
        maximum={maximum}
        onChange={setPartySize}
        fewer={t('fewer')}
        more={t('more')}
      />
      {show.priceTiers.length > 1 && <Select label={t('tier')} choices={tiers} value={tierId} onChange={setTierId} />}
      {refusal && <Notice tone="bad">{t(refusal.__typename)}</Notice>}
      {error && <ProblemNotice error={error} onRetry={send} />}
      {isAnonymous ? (
        <ButtonLink kind="quiet" href={`/sign-in?next=/shows/${show.id}`}>
          {t('joinSignIn')}
        </ButtonLink>
      ) : (
        <Button kind="quiet" isPending={loading} onPress={send}>
          {t('join')}
        </Button>
      )}
    </>
  );
}
