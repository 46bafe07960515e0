import { Form } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, TextField } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { securityTexts } from './security-texts.ts';

export interface TotpCodeFormProps {
  readonly action: string;
  readonly isPending: boolean;
  readonly problem: string | undefined;
  readonly onCode: (code: string) => void;
}

export function TotpCodeForm({ action, isPending, problem, onCode }: TotpCodeFormProps) {
  const t = useTexts(securityTexts);
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
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      <TextField
        label={t('code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        problem={isChecked && !code.trim() ? t('needCode') : undefined}
      />
      <div>
        <Button type="submit" isPending={isPending}>
          {action}
        </Button>
      </div>
    </Form>
  );
}
