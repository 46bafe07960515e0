import { useQuery } from '@apollo/client/react';
import { useLive } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Empty, Page, ProblemNotice, Select, ShowMore, Skeleton, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { useSoon } from '../live/use-soon.ts';
import { Filters } from '../forms/grid.tsx';
import { RiskCaseOpenedDocument, RiskCasesDocument, type RiskCaseStatus } from '../generated/graphql.ts';
import { CaseCard } from './case-card.tsx';
import styles from './risk.module.css';
import { riskTexts } from './texts.ts';

const STATUSES: readonly RiskCaseStatus[] = ['OPEN', 'BLOCKED', 'CLEARED'];
const NONE = {};

/** Cases of risk as they are opened, for people to judge. */
export function Component() {
  const t = useTexts(riskTexts);
  const [status, setStatus] = useState<RiskCaseStatus>('OPEN');
  const [word, setWord] = useState('');
  const { data, error, loading, refetch, fetchMore } = useQuery(RiskCasesDocument, {
    variables: { status: [status], first: 20, after: null },
  });
  const readSoon = useSoon(() => void refetch());
  useLive(RiskCaseOpenedDocument, NONE, {
    onEvent: ({ riskCaseOpened: { user } }) => {
      setWord(t('opened', { name: user.displayName }));
      readSoon();
    },
    onGap: readSoon,
  });
  const page = data?.riskCases;
  // A case that was decided stays in the cache's list until it is read again.
  const cases = (page?.edges.map(({ node }) => node) ?? []).filter((each) => each.status === status);
  return (
    <Page title={t('risk')} isNarrow>
      <Filters label={t('show')}>
        <Select
          label={t('show')}
          value={status}
          choices={STATUSES.map((id) => ({ id, text: t(id) }))}
          onChange={setStatus}
        />
      </Filters>
      <Soft isSmall>
        <span role="status">{word || t('live')}</span>
      </Soft>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !page && <Skeleton label={t('loading')} />}
      {page && cases.length === 0 && <Empty>{status === 'OPEN' ? t('noneOpen') : t('none')}</Empty>}
      <ul className={styles['cases']}>
        {cases.map((each) => (
          <li key={each.id}>
            <CaseCard riskCase={each} />
          </li>
        ))}
      </ul>
      <ShowMore pageInfo={page?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
