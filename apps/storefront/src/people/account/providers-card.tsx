import { useMutation, useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Card, Notice, Row, Soft, useAction } from '@marquee/app-kit/ui';

import {
  MySecurityDocument,
  type MySecurityQuery,
  SignInProvidersDocument,
  StartProviderLinkDocument,
  UnlinkProviderDocument,
} from '../../generated/graphql.ts';
import { providerUrl } from '../providers.ts';
import styles from './account.module.css';
import { isOnlyWay } from './only-way.ts';
import { sectionPath } from './section.tsx';
import { securityTexts } from './security-texts.ts';

type Linked = NonNullable<NonNullable<MySecurityQuery['viewer']>['linkedProviders']>[number];

export function ProvidersCard({ linked }: { readonly linked: readonly Linked[] }) {
  const t = useTexts(securityTexts);
  const formats = useFormats();
  const { data } = useQuery(SignInProvidersDocument);
  const [start] = useMutation(StartProviderLinkDocument);
  const [unlink] = useMutation(UnlinkProviderDocument, { refetchQueries: [MySecurityDocument] });
  const { run, isPending, problem } = useAction();
  const link = (id: string): void =>
    void run(async () => {
      const started = await start({ variables: { id } });
      const startUrl = started.data?.startProviderLink?.startUrl;
      if (startUrl) location.assign(providerUrl(startUrl, sectionPath('security')));
      return undefined;
    });
  const unlinkOne = (id: string): void =>
    void run(async () => {
      try {
        await unlink({ variables: { id } });
      } catch (error) {
        if (!isOnlyWay(error)) throw error;
        return t('onlyWay');
      }
      return undefined;
    });
  const open = (data?.signInProviders ?? []).filter(({ id }) => !linked.some((each) => each.id === id));
  return (
    <Card>
      <h2>{t('providers')}</h2>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      {linked.length + open.length === 0 && <Soft>{t('noProviders')}</Soft>}
      <ul className={styles['list']}>
        {linked.map(({ id, name, linkedAt }) => (
          <li key={id} className={styles['entry']}>
            <span className={styles['facts']}>
              <strong>{name}</strong>
              <Soft isSmall>{t('linkedOn', { date: formats.time(linkedAt, 'date') })}</Soft>
            </span>
            <Button kind="danger" isDisabled={isPending} onPress={() => unlinkOne(id)}>
              {t('unlink', { name })}
            </Button>
          </li>
        ))}
      </ul>
      <Row>
        {open.map(({ id, name }) => (
          <Button key={id} kind="quiet" isDisabled={isPending} onPress={() => link(id)}>
            {t('link', { name })}
          </Button>
        ))}
      </Row>
    </Card>
  );
}
