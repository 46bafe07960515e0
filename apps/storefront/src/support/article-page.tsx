import { useQuery } from '@apollo/client/react';
import { useFormats, useLocale, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Notice, Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { Link, useParams } from 'react-router';

import { HelpArticleDocument } from '../generated/graphql.ts';
import { AskSupport } from './help-page.tsx';
import styles from './support.module.css';
import { helpTexts } from './texts.ts';

export function Component() {
  const t = useTexts(helpTexts);
  const formats = useFormats();
  const { locale } = useLocale();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(HelpArticleDocument, { variables: { id, locale: locale.tag } });
  const article = data?.helpArticle;
  const isOther = article && article.locale.split('-')[0] !== locale.language;
  return (
    <Page title={article?.title ?? t('help')} isNarrow>
      <Link to="/help">{t('toHelp')}</Link>
      {error && !article && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton label={t('loading')} />}
      {data && !article && !error && (
        <Empty>
          <p>{t('notFound')}</p>
          <ButtonLink href="/help">{t('toHelp')}</ButtonLink>
        </Empty>
      )}
      {isOther && <Notice>{t('otherLanguage', { language: formats.name(article.locale, 'language') })}</Notice>}
      {article && (
        // The server has cleaned it.
        <div className={styles['text']} lang={article.locale} dangerouslySetInnerHTML={{ __html: article.html }} />
      )}
      <AskSupport />
    </Page>
  );
}
