import { useQuery } from '@apollo/client/react';
import { LANGUAGE_NAMES, LANGUAGES, useFormats, useLocale, useTexts } from '@marquee/app-kit/text';
import {
  Badge,
  ButtonLink,
  Empty,
  Page,
  ProblemNotice,
  Select,
  Skeleton,
  Table,
  TextField,
  useDebounced,
} from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link } from 'react-router';

import { Filters } from '../forms/grid.tsx';
import { EditorArticlesDocument } from '../generated/graphql.ts';
import { articleTexts } from './article-texts.ts';

/** Help articles with their drafts, in a language where they have it. */
export function Component() {
  const t = useTexts(articleTexts);
  const { time, name } = useFormats();
  const { locale } = useLocale();
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>(locale.language);
  const [search, setSearch] = useState('');
  const { data, error, loading, refetch } = useQuery(EditorArticlesDocument, {
    variables: { search: useDebounced(search).trim() || null, locale: language, first: 100, after: null },
  });
  const articles = data?.helpArticles?.edges.map(({ node }) => node) ?? [];
  return (
    <Page title={t('articles')} actions={<ButtonLink href="/help-articles/new">{t('create')}</ButtonLink>}>
      <Filters label={t('search')}>
        <TextField type="search" label={t('search')} value={search} onChange={setSearch} />
        <Select
          label={t('language')}
          value={language}
          choices={LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id] }))}
          onChange={setLanguage}
        />
      </Filters>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && articles.length === 0 && <Skeleton label={t('loading')} />}
      {data && articles.length === 0 && !error && <Empty>{t('none')}</Empty>}
      {articles.length > 0 && (
        <Table
          label={t('articles')}
          rows={articles}
          keyOf={({ id }) => id}
          columns={[
            {
              head: t('title'),
              cell: ({ articleId, title }) => (
                <Link to={`/help-articles/${articleId}?language=${language}`}>{title}</Link>
              ),
            },
            { head: t('language'), cell: ({ locale: tag }) => name(tag, 'language') },
            {
              head: t('status'),
              cell: ({ published }) => (
                <Badge tone={published ? 'good' : 'warning'}>{published ? t('published') : t('draft')}</Badge>
              ),
            },
            { head: t('updated'), cell: ({ updatedAt }) => time(updatedAt, 'date') },
          ]}
        />
      )}
    </Page>
  );
}
