import { useQuery } from '@apollo/client/react';
import { useLocale, useTexts } from '@marquee/app-kit/text';
import {
  ButtonLink,
  Empty,
  Page,
  ProblemNotice,
  ShowMore,
  Skeleton,
  TextField,
  useDebounced,
} from '@marquee/app-kit/ui';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';

import { HelpContentsDocument } from '../generated/graphql.ts';
import { excerptOf } from './excerpt.ts';
import styles from './support.module.css';
import { helpTexts } from './texts.ts';

const PAGE_SIZE = 12;
const MAX_SEARCH = 100;

export function Component() {
  const t = useTexts(helpTexts);
  const { locale } = useLocale();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get('q') ?? '');
  const search = useDebounced(typed.trim());
  useEffect(() => setParams(search ? { q: search } : {}, { replace: true }), [search, setParams]);
  const { data, previousData, error, refetch, fetchMore } = useQuery(HelpContentsDocument, {
    variables: { search: search || null, locale: locale.tag, first: PAGE_SIZE, after: null },
  });
  const list = (data ?? previousData)?.helpArticles;
  const articles = list?.edges.map(({ node }) => node) ?? [];
  return (
    <Page
      title={t('help')}
      actions={
        <ButtonLink kind="quiet" href="/support">
          {t('myTickets')}
        </ButtonLink>
      }
    >
      <TextField
        label={t('search')}
        hint={t('searchHint')}
        type="search"
        maxLength={MAX_SEARCH}
        value={typed}
        onChange={setTyped}
      />
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!list && !error && <Skeleton label={t('loading')} />}
      <div role="status">{list && search ? t('results', { count: articles.length }) : ''}</div>
      {list && articles.length === 0 && <Empty>{t('noArticles')}</Empty>}
      <ul className={styles['articles']}>
        {articles.map(({ id, articleId, title, body, locale: language }) => (
          <li key={id} lang={language}>
            <Link to={`/help/${encodeURIComponent(articleId)}`} className={styles['article'] ?? ''}>
              <h2>{title}</h2>
              <p>{excerptOf(body)}</p>
            </Link>
          </li>
        ))}
      </ul>
      <ShowMore pageInfo={list?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
      <AskSupport />
    </Page>
  );
}

export function AskSupport() {
  const t = useTexts(helpTexts);
  return (
    <div className={styles['ask']}>
      <p>{t('askText')}</p>
      <ButtonLink href="/support/new">{t('ask')}</ButtonLink>
    </div>
  );
}
