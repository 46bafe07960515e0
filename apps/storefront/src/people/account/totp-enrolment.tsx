import { useMutation } from '@apollo/client/react';
import { QrCode } from '@marquee/app-kit/qr';
import { useTexts } from '@marquee/app-kit/text';
import { useAction } from '@marquee/app-kit/ui';

import { ConfirmTotpEnrolmentDocument, MySecurityDocument, ViewerDocument } from '../../generated/graphql.ts';
import styles from './account.module.css';
import { useRefused } from './refused.ts';
import { securityTexts } from './security-texts.ts';
import { TotpCodeForm } from './totp-code-form.tsx';

export interface TotpEnrolmentProps {
  readonly enrolment: { readonly secret: string; readonly otpauthUri: string };
  readonly onConfirmed: (recoveryCodes: readonly string[]) => void;
}

/** Shows the key to an authenticator app, and asks for its first code. */
export function TotpEnrolment({ enrolment: { secret, otpauthUri }, onConfirmed }: TotpEnrolmentProps) {
  const t = useTexts(securityTexts);
  const refused = useRefused();
  const [confirm] = useMutation(ConfirmTotpEnrolmentDocument, {
    refetchQueries: [MySecurityDocument, ViewerDocument],
  });
  const { run, isPending, problem } = useAction();
  const send = (code: string): void =>
    void run(async () => {
      const { data } = await confirm({ variables: { code } });
      const result = data?.confirmTotpEnrolment;
      if (result?.__typename === 'ConfirmTotpEnrolmentPayload') onConfirmed(result.recoveryCodes);
      return refused(result);
    });
  return (
    <>
      <p>{t('scan')}</p>
      <div className={styles['qr']}>
        <QrCode text={otpauthUri} label={t('qr')} />
      </div>
      <p className={styles['secret']}>{t('key', { secret })}</p>
      <TotpCodeForm action={t('confirm')} isPending={isPending} problem={problem} onCode={send} />
    </>
  );
}
