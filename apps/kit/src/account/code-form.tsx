import { useState } from 'react';

import { useTexts } from '../text/index.ts';
import { Button, Notice, Row, TextField } from '../ui/index.ts';
import { Form } from './form.tsx';
import { accountTexts } from './texts.ts';

export interface CodeFormProps {
  readonly onCode: (code: string) => void;
  readonly onBack?: () => void;
  readonly isPending: boolean;
  readonly problem: string | undefined;
  /** The purpose of the code, on the button. */
  readonly action: string;
}

/** Asks for a code of the authenticator app, or a recovery code. */
export function CodeForm({ onCode, onBack, isPending, problem, action }: CodeFormProps) {
  const t = useTexts(accountTexts);
  const [isRecovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [isChecked, setChecked] = useState(false);
  return (
    <Form
      isFocused
      onSubmit={() => {
        setChecked(true);
        if (code.trim()) onCode(code.trim());
      }}
    >
      <p>{t('secondFactor')}</p>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      <TextField
        key={String(isRecovery)}
        label={t(isRecovery ? 'recoveryCode' : 'code')}
        hint={t(isRecovery ? 'recoveryHint' : 'codeHint')}
        inputMode={isRecovery ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        problem={isChecked && !code.trim() ? t('needCode') : undefined}
      />
      <Button type="submit" isPending={isPending}>
        {action}
      </Button>
      <Row>
        <Button kind="bare" onPress={() => setRecovery(!isRecovery)}>
          {t(isRecovery ? 'useApp' : 'useRecovery')}
        </Button>
        {onBack && (
          <Button kind="bare" onPress={onBack}>
            {t('back')}
          </Button>
        )}
      </Row>
    </Form>
  );
}
