import { skipToken, useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import {
  Badge,
  Empty,
  Figures,
  Notice,
  Page,
  ProblemNotice,
  ShowMore,
  Skeleton,
  Stack,
  Table,
} from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { useWho } from '../frame/who.tsx';
import {
  PayoutAccountDocument,
  type PayoutAccountQuery,
  PayoutCurrenciesDocument,
  type PayoutStatus,
} from '../generated/graphql.ts';
import { RequestPayout } from './request-payout.tsx';
import { moneyTexts } from './texts.ts';

type Account = NonNullable<NonNullable<PayoutAccountQuery['organisation']>['payoutAccount']>;

const TONES = { PENDING: 'warning', PAID: 'good', FAILED: 'bad' } as const satisfies Record<PayoutStatus, string>;

/** Money that the organisation is owed: available and pending, its movements and its payouts. */
export function Component() {
  const t = useTexts(moneyTexts);
  const { organisation } = useWho();
  const organisationId = organisation?.id;
  const { data, error, loading, refetch, fetchMore } = useQuery(
    PayoutAccountDocument,
    organisationId ? { variables: { organisationId, first: 20, after: null } } : skipToken,
  );
  const account = data?.organisation?.payoutAccount;
  return (
    <Page title={t('payouts')}>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !account && <Skeleton label={t('loading')} />}
      {(!organisationId || (data && !account && !error)) && <Notice tone="warning">{t('noAccount')}</Notice>}
      {account && organisationId && (
        <>
          <AccountFigures account={account} organisationId={organisationId} />
          {account.available.amount > 0 && (
            <RequestPayout
              organisationId={organisationId}
              available={account.available}
              onDone={() => void refetch()}
            />
          )}
          <Payouts account={account} />
          <Entries account={account} />
          <ShowMore pageInfo={account.entries.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
        </>
      )}
    </Page>
  );
}

function AccountFigures({ account, organisationId }: { readonly account: Account; readonly organisationId: string }) {
  const t = useTexts(moneyTexts);
  const { money, time, day, list } = useFormats();
  const { data } = useQuery(PayoutCurrenciesDocument, {
    variables: { organisationId },
    fetchPolicy: 'no-cache',
  });
  const more = data?.organisation?.payoutAccount;
  const next = more?.pendingByDate[0];
  const others = (more?.currencies ?? []).filter((currency) => currency !== account.available.currency);
  return (
    <>
      <Figures
        figures={[
          { label: t('available'), value: money(account.available), note: t('availableNote') },
          {
            label: t('pending'),
            value: money(account.pending),
            note: next && t('pendingNote', { amount: money(next.amount), day: day(next.date) }),
          },
          { label: t('nextPayout'), value: time(account.nextPayoutAt, 'day'), note: t('nextPayoutNote') },
        ]}
      />
      {others.length > 0 && <Notice>{t('otherCurrencies', { currencies: list(others) })}</Notice>}
    </>
  );
}

function Payouts({ account: { payouts } }: { readonly account: Account }) {
  const t = useTexts(moneyTexts);
  const { money, time } = useFormats();
  return (
    <Stack>
      <h2>{t('latest')}</h2>
      {payouts.length === 0 ? (
        <Empty>{t('noPayouts')}</Empty>
      ) : (
        <Table
          label={t('latest')}
          rows={payouts}
          keyOf={({ id }) => id}
          columns={[
            { head: t('status'), cell: ({ status }) => <Badge tone={TONES[status]}>{t(status)}</Badge> },
            { head: t('arrives'), cell: ({ arrivesAt }) => (arrivesAt ? time(arrivesAt, 'date') : '—') },
            { head: t('amount'), cell: ({ amount }) => money(amount), isNumber: true },
          ]}
        />
      )}
    </Stack>
  );
}

function Entries({ account: { entries } }: { readonly account: Account }) {
  const t = useTexts(moneyTexts);
  const { money, time } = useFormats();
  return (
    <Stack>
      <h2>{t('entries')}</h2>
      {entries.edges.length === 0 ? (
        <Empty>{t('noEntries')}</Empty>
      ) : (
        <Table
          label={t('entries')}
          rows={entries.edges.map(({ node }) => node)}
          keyOf={({ id }) => id}
          columns={[
            { head: t('at'), cell: ({ at }) => time(at, 'exact') },
            { head: t('entry'), cell: ({ kind }) => t(kind) },
            {
              head: t('booking'),
              cell: ({ booking }) => (booking ? <Link to={`/bookings/${booking.id}`}>{booking.id}</Link> : '—'),
            },
            { head: t('amount'), cell: ({ amount }) => money(amount), isNumber: true },
          ]}
        />
      )}
    </Stack>
  );
}
