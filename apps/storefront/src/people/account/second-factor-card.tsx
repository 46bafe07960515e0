import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Card, Notice, Row, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import {
  DisableTotpDocument,
  MySecurityDocument,
  StartTotpEnrolmentDocument,
  type StartTotpEnrolmentMutation,
} from '../../generated/graphql.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useRefused } from './refused.ts';
import { securityTexts } from './security-texts.ts';
import { TotpCodeForm } from './totp-code-form.tsx';
import { TotpEnrolment } from './totp-enrolment.tsx';

type Enrolment = NonNullable<StartTotpEnrolmentMutation['startTotpEnrolment']>;

export function SecondFactorCard({ isOn }: { readonly isOn: boolean }) {
  const t = useTexts(securityTexts);
  const refused = useRefused();
  const [start] = useMutation(StartTotpEnrolmentDocument);
  const [disable] = useMutation(DisableTotpDocument, { refetchQueries: [MySecurityDocument] });
  const { run, isPending, problem } = useAction();
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [isTurningOff, setTurningOff] = useState(false);

  const turnOn = (): void =>
    void run(async () => {
      const { data } = await start();
      setEnrolment(data?.startTotpEnrolment ?? undefined);
      return undefined;
    });
  const turnOff = (code: string): void =>
    void run(async () => {
      const { data } = await disable({ variables: { code } });
      if (data?.disableTotp?.__typename === 'DisableTotpPayload') setTurningOff(false);
      return refused(data?.disableTotp);
    });
  return (
    <Card>
      <Row>
        <h2>{t('secondFactor')}</h2>
        <Badge tone={isOn ? 'good' : 'plain'}>{t(isOn ? 'on' : 'off')}</Badge>
      </Row>
      <p>{t('factorText')}</p>
      {problem !== undefined && !isTurningOff && <Notice tone="bad">{problem}</Notice>}
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />}
      {enrolment && (
        <TotpEnrolment
          enrolment={enrolment}
          onConfirmed={(recoveryCodes) => {
            setEnrolment(undefined);
            setCodes(recoveryCodes);
          }}
        />
      )}
      {isOn && isTurningOff && (
        <TotpCodeForm action={t('turnOff')} isPending={isPending} problem={problem} onCode={turnOff} />
      )}
      {!enrolment && !isTurningOff && (
        <div>
          <Button kind="quiet" isPending={isPending} onPress={isOn ? () => setTurningOff(true) : turnOn}>
            {t(isOn ? 'turnOff' : 'turnOn')}
          </Button>
        </div>
      )}
    </Card>
  );
}
