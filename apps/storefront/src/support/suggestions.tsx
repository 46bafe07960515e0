import { useDebounced } from '@marquee/app-kit/ui';
import { skipToken, useQuery } from '@apollo/client/react';
import { useLocale, useTexts } from '@marquee/app-kit/text';
import { Link } from 'react-router';

import { HelpContentsDocument } from '../generated/graphql.ts';
import { askTexts } from './ask-texts.ts';

const MIN_LENGTH = 4;
const MAX_SEARCH = 100;

/** Help articles that may answer a question. */
export function Suggestions({ search }: { readonly search: string }) {
  const t = useTexts(askTexts);
  const { locale } = useLocale();
  const settled = useDebounced(search.trim()).slice(0, MAX_SEARCH);
  const { data } = useQuery(
    HelpContentsDocument,
    settled.length >= MIN_LENGTH
      ? { variables: { search: settled, locale: locale.tag, first: 3, after: null } }
      : skipToken,
  );
  const articles = data?.helpArticles.edges.map(({ node }) => node) ?? [];
  if (articles.length === 0) return null;
  return (
    <section aria-label={t('suggestions')}>
      <p>{t('suggestions')}</p>
      <ul>
        {articles.map(({ id, articleId, title }) => (
          <li key={id}>
            <Link to={`/help/${encodeURIComponent(articleId)}`}>{title}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
