import { useMutation } from '@apollo/client/react';
import { Form } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, TextField, useAction } from '@marquee/app-kit/ui';
import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser';
import { useState } from 'react';

import {
  FinishPasskeyRegistrationDocument,
  MySecurityDocument,
  StartPasskeyRegistrationDocument,
  ViewerDocument,
} from '../../generated/graphql.ts';
import { deviceOf } from './device.ts';
import { useRefused } from './refused.ts';
import { securityTexts } from './security-texts.ts';

/** Names a passkey, and has the browser make it. */
export function PasskeyForm({ onAdded }: { readonly onAdded: () => void }) {
  const t = useTexts(securityTexts);
  const refused = useRefused();
  const [start] = useMutation(StartPasskeyRegistrationDocument);
  const [finish] = useMutation(FinishPasskeyRegistrationDocument, {
    refetchQueries: [MySecurityDocument, ViewerDocument],
  });
  const { run, isPending, problem } = useAction();
  const [name, setName] = useState(() => {
    const { browser, system } = deviceOf(navigator.userAgent);
    return browser && system ? t('device', { browser, system }) : '';
  });
  const add = (): void =>
    void run(async () => {
      const { data } = await start();
      const started = data?.startPasskeyRegistration;
      if (!started) return t('passkeyDeclined');
      const optionsJSON = started.options as PublicKeyCredentialCreationOptionsJSON;
      const response = await startRegistration({ optionsJSON }).catch(() => undefined);
      if (!response) return t('passkeyDeclined');
      const input = { challengeId: started.challengeId, response, name: name.trim() || null };
      const finished = await finish({ variables: { input } });
      const result = finished.data?.finishPasskeyRegistration;
      if (result?.__typename === 'FinishPasskeyRegistrationPayload') onAdded();
      return refused(result);
    });
  return (
    <Form isFocused onSubmit={add}>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      <TextField label={t('passkeyName')} hint={t('passkeyHint')} maxLength={80} value={name} onChange={setName} />
      <div>
        <Button type="submit" isPending={isPending}>
          {t('addPasskey')}
        </Button>
      </div>
    </Form>
  );
}
