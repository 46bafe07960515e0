import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, Page, ProblemNotice, Row, TextField } from '@marquee/app-kit/ui';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router';

import { keepOffline } from '../offline/keep-offline.ts';
import { Camera } from './camera.tsx';
import { GateState } from './gate-state.tsx';
import { ScanLog } from './scan-log.tsx';
import { type ScanState, Sign } from './sign.tsx';
import { signal } from './signal.ts';
import styles from './door.module.css';
import { doorTexts } from './texts.ts';
import { useGate } from './use-gate.ts';

export function Component() {
  const { showId = '' } = useParams();
  return <Scanner key={showId} showId={showId} />;
}

function Scanner({ showId }: { readonly showId: string }) {
  const t = useTexts(doorTexts);
  const gate = useGate(showId);
  const [state, setState] = useState<ScanState>({ kind: 'ready' });
  const [code, setCode] = useState('');
  const field = useRef<HTMLFormElement>(null);
  useEffect(() => keepOffline(), []);

  const check = async (text: string): Promise<void> => {
    const read = text.trim();
    if (read === '') return;
    setState({ kind: 'checking' });
    try {
      const decision = await gate.scan(read);
      setState({ kind: 'decided', ...decision });
      signal(decision.scan.verdict);
    } catch (error) {
      setState({ kind: 'failed', error });
      signal('unknown');
    }
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setCode('');
    await check(code);
    field.current?.querySelector('input')?.focus();
  };
  const hasList = gate.list !== undefined;
  return (
    <Page
      title={gate.list?.title ?? t('scanner')}
      actions={
        <ButtonLink kind="quiet" href={`/door/${showId}/people`}>
          {t('people')}
        </ButtonLink>
      }
    >
      <GateState gate={gate} />
      <div className={styles['gate']}>
        <Sign state={state} timeZone={gate.list?.timeZone} />
        <div className={styles['input']}>
          <form ref={field} className={styles['form']} onSubmit={(event) => void submit(event)}>
            <TextField
              label={t('code')}
              hint={t('codeHint')}
              value={code}
              onChange={setCode}
              autoComplete="off"
              spellCheck="false"
              maxLength={512}
            />
            <Row>
              <Button type="submit" isPending={state.kind === 'checking'}>
                {t('check')}
              </Button>
            </Row>
          </form>
          <Camera onCode={check} />
        </div>
      </div>
      {!hasList &&
        gate.isReady &&
        (gate.problem ? (
          <ProblemNotice error={gate.problem} onRetry={gate.send} />
        ) : (
          <Notice tone="warning">{t('noList')}</Notice>
        ))}
      <ScanLog scans={gate.scans} timeZone={gate.list?.timeZone} />
    </Page>
  );
}
