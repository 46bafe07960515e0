import { useQuery } from '@apollo/client/react';
import { roleTexts } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Badge, Card, Empty, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';

import { MyOrganisationsDocument } from '../../generated/graphql.ts';
import styles from './account.module.css';
import { pastTexts } from './past-texts.ts';
import { Section } from './section.tsx';

export function Component() {
  return (
    <Section name="organisations">
      <Organisations />
    </Section>
  );
}

function Organisations() {
  const t = useTexts(pastTexts);
  const roleName = useTexts(roleTexts);
  const { data, error, refetch } = useQuery(MyOrganisationsDocument);
  const members = data?.viewer?.organisations;
  if (!members)
    return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Skeleton label={t('loading')} />;
  if (members.length === 0) return <Empty>{t('noOrganisations')}</Empty>;
  return (
    <Card>
      <ul className={styles['list']}>
        {members.map(({ role, organisation }) => (
          <li key={organisation.id} className={styles['entry']}>
            <strong>{organisation.name}</strong>
            <Badge>{roleName(role)}</Badge>
          </li>
        ))}
      </ul>
      <p>
        <a href="/backoffice">{t('toBackoffice')}</a>
      </p>
    </Card>
  );
}
