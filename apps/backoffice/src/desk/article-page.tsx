import { skipToken, useQuery } from '@apollo/client/react';
import { LANGUAGE_NAMES, LANGUAGES, useFormats, useLocale, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Notice, Page, ProblemNotice, Select, Skeleton } from '@marquee/app-kit/ui';
import { useParams, useSearchParams } from 'react-router';

import { Filters } from '../forms/grid.tsx';
import { EditorArticleDocument } from '../generated/graphql.ts';
import { ArticleEditor } from './article-editor.tsx';
import { articleTexts } from './article-texts.ts';

/** A help article in one of its languages, or a new one. */
export function Component() {
  const t = useTexts(articleTexts);
  const { name } = useFormats();
  const { locale } = useLocale();
  const { articleId } = useParams();
  const [search, setSearch] = useSearchParams();
  const language = LANGUAGES.find((each) => each === search.get('language')) ?? locale.language;
  const { data, error, loading, refetch } = useQuery(
    EditorArticleDocument,
    // Editing begins with what was saved last.
    articleId ? { variables: { id: articleId, locale: language }, fetchPolicy: 'network-only' } : skipToken,
  );
  const article = data?.helpArticle ?? undefined;
  const isMissing = article !== undefined && article.locale !== language;
  return (
    <Page title={article?.title ?? (articleId ? t('articles') : t('create'))}>
      <Filters label={t('language')}>
        <Select
          label={t('language')}
          value={language}
          choices={LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id] }))}
          onChange={(next) => setSearch({ language: next }, { replace: true })}
        />
      </Filters>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !data && <Skeleton label={t('loading')} />}
      {data && !article && !error && (
        <Empty>
          <p>{t('notFound')}</p>
          <ButtonLink href="/help-articles">{t('articles')}</ButtonLink>
        </Empty>
      )}
      {isMissing && <Notice tone="warning">{t('missing', { language: name(article.locale, 'language') })}</Notice>}
      {(article || !articleId) && (
        <ArticleEditor
          key={`${articleId ?? 'new'}:${language}:${article?.locale ?? ''}`}
          article={article}
          language={language}
          isMissing={isMissing}
          onReadAgain={() => void refetch()}
        />
      )}
    </Page>
  );
}
