import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { useParams } from 'react-router';

import { Sale } from './sale.tsx';
import { ShowHead } from './show-head.tsx';
import { showTexts } from './texts.ts';
import { useShow } from './use-show.ts';

/** A show: where and when it is, and its seats. */
export function Component() {
  const t = useTexts(showTexts);
  const { id = '' } = useParams();
  const { show, isMissing, error, refetch } = useShow(id);
  if (isMissing)
    return (
      <Page title={t('notFoundText')} isNarrow>
        <Empty>
          <ButtonLink href="/">{t('home')}</ButtonLink>
        </Empty>
      </Page>
    );
  return (
    <Page title={show?.title.name ?? t('loading')} hasOwnHeading>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {show ? (
        <>
          <ShowHead show={show} />
          <Sale key={show.id} show={show} onShowChange={() => void refetch()} />
        </>
      ) : (
        !error && <Skeleton label={t('loading')} />
      )}
    </Page>
  );
}
