import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { serverNow } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Card, Notice, ProblemNotice, Row, Skeleton, Soft, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import {
  DataExportDocument,
  MyDataExportsDocument,
  type MyDataExportsQuery,
  RequestDataExportDocument,
} from '../../generated/graphql.ts';
import styles from './account.module.css';
import { pastTexts } from './past-texts.ts';

const POLL_MS = 2_000;
const DAY_MS = 86_400_000;

type Export = NonNullable<NonNullable<MyDataExportsQuery['viewer']>['dataExports']>[number];

/** Files of everything that is held about the person: asked for, made, and downloaded by links that work once. */
export function ExportCard() {
  const t = useTexts(pastTexts);
  const { data, error, refetch } = useExports();
  const [request] = useMutation(RequestDataExportDocument);
  const { run, isPending, problem } = useAction();
  const exports = data?.viewer?.dataExports;
  const ask = (): void =>
    void run(async () => {
      await request();
      await refetch();
      return undefined;
    });
  return (
    <Card>
      <h2>{t('export')}</h2>
      <p>{t('exportText')}</p>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      {!exports && error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!exports && !error && <Skeleton label={t('loading')} />}
      {exports && exports.length > 0 && (
        <ul className={styles['list']}>
          {exports.map((each) => (
            <li key={each.id} className={styles['entry']}>
              <ExportEntry of={each} onGone={() => void refetch()} />
            </li>
          ))}
        </ul>
      )}
      {exports && mayAsk(exports) && (
        <Row>
          <Button kind="quiet" isPending={isPending} onPress={ask}>
            {t('askExport')}
          </Button>
        </Row>
      )}
    </Card>
  );
}

/** The exports, read again while one is being made. */
function useExports() {
  const [isMaking, setMaking] = useState(false);
  const result = useQuery(MyDataExportsDocument, {
    pollInterval: isMaking ? POLL_MS : 0,
    skipPollAttempt: () => document.hidden,
  });
  const isPending = result.data?.viewer?.dataExports?.some(({ status }) => status === 'PENDING') ?? false;
  if (isPending !== isMaking) setMaking(isPending);
  return result;
}

/** There is one a day: whoever asks again gets the same. */
function mayAsk([latest]: readonly Export[]): boolean {
  return latest === undefined || Date.parse(latest.requestedAt) <= serverNow() - DAY_MS;
}

interface ExportEntryProps {
  readonly of: Export;
  readonly onGone: () => void;
}

function ExportEntry({ of: { id, status, requestedAt, expiresAt }, onGone }: ExportEntryProps) {
  const t = useTexts(pastTexts);
  const { time } = useFormats();
  const client = useApolloClient();
  const { run, isPending, problem } = useAction();
  const requested = time(requestedAt, 'exact');
  const download = (): void =>
    void run(async () => {
      // The link works once, so each download asks for one.
      const { data } = await client.query({
        query: DataExportDocument,
        variables: { id },
        fetchPolicy: 'no-cache',
      });
      const url = data?.dataExport?.downloadUrl;
      if (url) location.assign(url);
      else onGone();
      return url ? undefined : t('exportGone');
    });
  return (
    <>
      <span className={styles['facts']}>
        <Row>
          <strong>{t('exportOf', { date: requested })}</strong>
          <Badge tone={status === 'READY' ? 'good' : 'plain'}>{t(`export_${status}`)}</Badge>
        </Row>
        <Soft isSmall>
          {expiresAt === null ? t('exportPending') : t('exportReady', { date: time(expiresAt, 'exact') })}
        </Soft>
        {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      </span>
      {status === 'READY' && (
        <Button kind="quiet" isPending={isPending} aria-label={t('downloadOf', { date: requested })} onPress={download}>
          {t('download')}
        </Button>
      )}
    </>
  );
}
