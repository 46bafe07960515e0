import { useMutation, useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Card, Empty, Facts, Notice, Page, ProblemNotice, Row, Skeleton } from '@marquee/app-kit/ui';
import { useLocation, useParams } from 'react-router';

import { TitleDetailsDocument, type TitleDetailsQuery, UpdateTitleDocument } from '../generated/graphql.ts';
import { fieldsOf, titleInput } from './fields.ts';
import { titlesTexts } from './texts.ts';
import { TitleForm } from './title-form.tsx';

export function Component() {
  const t = useTexts(titlesTexts);
  const { id = '' } = useParams();
  const created = (useLocation().state as { created?: string } | null)?.created;
  const { data, loading, error, refetch } = useQuery(TitleDetailsDocument, { variables: { id } });
  const title = data?.title;
  return (
    <Page
      title={title?.name ?? t('title')}
      actions={
        <ButtonLink kind="quiet" href="/schedule/new">
          {t('plan')}
        </ButtonLink>
      }
    >
      {created !== undefined && <Notice tone="good">{t('created', { name: created })}</Notice>}
      {loading && !title && <Skeleton label={t('loading')} />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!loading && !error && !title && <Empty>{t('notFound')}</Empty>}
      {title && <Edit key={title.id} title={title} onSaved={() => void refetch()} />}
    </Page>
  );
}

interface EditProps {
  readonly title: NonNullable<TitleDetailsQuery['title']>;
  readonly onSaved: () => void;
}

function Edit({ title, onSaved }: EditProps) {
  const t = useTexts(titlesTexts);
  const [update, { loading, error, data }] = useMutation(UpdateTitleDocument);
  const result = data?.updateTitle;
  return (
    <Card>
      <Facts
        facts={[
          [t('kind'), t(title.__typename === 'Movie' ? 'MOVIE' : 'LIVE_EVENT')],
          ...(title.director === null ? [] : [[t('director'), title.director] as const]),
          ...(title.performers.length === 0 ? [] : [[t('performers'), title.performers.join(', ')] as const]),
        ]}
      />
      <TitleForm
        initial={fieldsOf(title)}
        hasCast={false}
        action={t('save')}
        isPending={loading}
        onSend={(fields) =>
          void update({ variables: { input: { titleId: title.id, ...titleInput(fields) } } })
            .then(onSaved)
            .catch(() => undefined)
        }
        news={
          <>
            {error && <ProblemNotice error={error} />}
            {result?.__typename === 'UpdateTitlePayload' && <Notice tone="good">{t('saved')}</Notice>}
            {result?.__typename === 'TitleExistsError' && (
              <Notice tone="bad">
                <Row>{t('exists')}</Row>
              </Notice>
            )}
          </>
        }
      />
    </Card>
  );
}
