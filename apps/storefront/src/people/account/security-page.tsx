import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { ProblemNotice, Skeleton } from '@marquee/app-kit/ui';

import { MySecurityDocument } from '../../generated/graphql.ts';
import { PasskeysCard } from './passkeys-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { ProvidersCard } from './providers-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import { Section } from './section.tsx';
import { securityTexts } from './security-texts.ts';
import { SessionsCard } from './sessions-card.tsx';

export function Component() {
  return (
    <Section name="security">
      <Security />
    </Section>
  );
}

function Security() {
  const t = useTexts(securityTexts);
  const { data, error, refetch } = useQuery(MySecurityDocument);
  const viewer = data?.viewer;
  if (!viewer)
    return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Skeleton label={t('loading')} />;
  return (
    <>
      <PasswordCard email={viewer.email ?? ''} />
      <SecondFactorCard isOn={(viewer.secondFactors ?? []).length > 0} />
      <PasskeysCard passkeys={viewer.passkeys ?? []} />
      <ProvidersCard linked={viewer.linkedProviders ?? []} />
      <SessionsCard />
    </>
  );
}
