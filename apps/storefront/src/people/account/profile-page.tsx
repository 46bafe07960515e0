import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Card, ProblemNotice, Skeleton, Soft } from '@marquee/app-kit/ui';

import { MyProfileDocument } from '../../generated/graphql.ts';
import { EmailCard } from './email-card.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Section } from './section.tsx';
import { profileTexts } from './texts.ts';

export function Component() {
  return (
    <Section name="profile">
      <Profile />
    </Section>
  );
}

function Profile() {
  const t = useTexts(profileTexts);
  const formats = useFormats();
  const { data, error, refetch } = useQuery(MyProfileDocument);
  const viewer = data?.viewer;
  if (!viewer)
    return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Skeleton label={t('loading')} />;
  return (
    <>
      <Card>
        <h2>{t('about')}</h2>
        <ProfileForm key={viewer.id} profile={viewer} />
        {viewer.createdAt && <Soft isSmall>{t('since', { date: formats.time(viewer.createdAt, 'date') })}</Soft>}
      </Card>
      <EmailCard email={viewer.email ?? ''} isVerified={viewer.emailVerified === true} />
    </>
  );
}
