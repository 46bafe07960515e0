import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Notice, Row, showToast, Soft, TextField, useAction } from '@marquee/app-kit/ui';
import { useNavigate } from 'react-router';

import { checksIn } from '../forms/checks.ts';
import { formTexts } from '../forms/texts.ts';
import { useForm } from '../forms/use-form.ts';
import { type EditorArticleQuery, SaveHelpArticleDocument } from '../generated/graphql.ts';
import { articleTexts } from './article-texts.ts';
import styles from './desk.module.css';

export interface ArticleEditorProps {
  readonly article: NonNullable<EditorArticleQuery['helpArticle']> | undefined;
  readonly language: string;
  /** Whether the article is shown in another language, because it lacks this one. */
  readonly isMissing: boolean;
  readonly onReadAgain: () => void;
}

/** Writes an article in one language; beside it is what the server made of the text that was saved last. */
export function ArticleEditor({ article, language, isMissing, onReadAgain }: ArticleEditorProps) {
  const t = useTexts(articleTexts);
  const forms = useTexts(formTexts);
  const navigate = useNavigate();
  const action = useAction();
  const [save] = useMutation(SaveHelpArticleDocument, {
    update: (cache) => void cache.evict({ id: 'ROOT_QUERY', fieldName: 'helpArticles' }),
  });
  const checks = checksIn(forms);
  const form = useForm({ title: article?.title ?? '', body: article?.body ?? '' }, ({ title, body }) => ({
    title: checks.text(title, 200),
    body: checks.text(body, 20_000),
  }));
  const isPublished = article?.published === true && !isMissing;
  const version = isMissing ? null : (article?.version ?? null);
  const send = async (published: boolean): Promise<void> => {
    let id: string | undefined;
    const { title, body } = form.values;
    await action.run(async () => {
      try {
        const { data } = await save({
          variables: {
            input: { id: article?.id ?? null, title: title.trim(), body, locale: language, published, version },
          },
        });
        const result = data?.saveHelpArticle;
        if (result?.__typename === 'SaveHelpArticlePayload') id = result.article.id;
        return id === undefined ? t('changedMeanwhile') : undefined;
      } catch (error) {
        if (form.refuse(error)) return forms('checkFields');
        throw error;
      }
    });
    if (id === undefined) return;
    showToast({ id: 'article', title: t('saved', { version: (version ?? 0) + 1 }) });
    if (article) onReadAgain();
    else void navigate(`/help-articles/${id}?language=${language}`, { replace: true });
  };
  return (
    <form className={styles['editor']} {...form.form(() => void send(isPublished))} aria-label={t('articles')}>
      <div className={styles['preview']}>
        <TextField label={t('title')} {...form.field('title')} />
        <TextField label={t('body')} hint={t('bodyHint')} rows={18} {...form.field('body')} />
        {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
        <Row>
          <Button type="submit" isPending={action.isPending}>
            {isPublished ? t('save') : t('saveDraft')}
          </Button>
          <Button kind="quiet" isPending={action.isPending} onPress={() => void send(!isPublished)}>
            {isPublished ? t('unpublish') : t('publish')}
          </Button>
        </Row>
      </div>
      <section aria-label={t('preview')} className={styles['preview']}>
        <Row>
          <h2>{t('preview')}</h2>
          {article && !isMissing && (
            <Badge tone={isPublished ? 'good' : 'warning'}>{isPublished ? t('published') : t('draft')}</Badge>
          )}
          {article && !isMissing && <Soft isSmall>{t('version', { version: article.version })}</Soft>}
        </Row>
        {article ? (
          <>
            <Soft isSmall>{t('previewHint')}</Soft>
            <div
              className={styles['preview']}
              lang={article.locale}
              dangerouslySetInnerHTML={{ __html: article.html }}
            />
          </>
        ) : (
          <Soft>{t('noPreview')}</Soft>
        )}
      </section>
    </form>
  );
}
