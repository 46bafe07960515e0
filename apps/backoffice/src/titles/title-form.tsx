import { useTexts } from '@marquee/app-kit/text';
import { Button, Row, Stack, TextField } from '@marquee/app-kit/ui';
import type { ReactNode } from 'react';

import { Fields } from '../forms/grid.tsx';
import { useForm } from '../forms/use-form.ts';
import { type TitleFields, titleProblems } from './fields.ts';
import { titlesTexts } from './texts.ts';

export interface TitleFormProps {
  readonly initial: TitleFields;
  /** Whether director and cast are asked for: only a new title takes them. */
  readonly hasCast: boolean;
  readonly action: string;
  readonly isPending: boolean;
  readonly onSend: (fields: TitleFields) => void;
  /** Above the fields. */
  readonly before?: ReactNode;
  /** The outcome, above the button. */
  readonly news: ReactNode;
}

export function TitleForm({ initial, hasCast, action, isPending, onSend, before, news }: TitleFormProps) {
  const t = useTexts(titlesTexts);
  const { field, form } = useForm(initial, (values) =>
    Object.fromEntries(Object.entries(titleProblems(values)).map(([key, problem]) => [key, t(problem)])),
  );
  return (
    <form {...form(onSend)}>
      <Stack>
        {before}
        <TextField label={t('name')} maxLength={200} {...field('name')} />
        <TextField
          label={t('description')}
          rows={5}
          maxLength={5_000}
          hint={t('descriptionHint')}
          {...field('description')}
        />
        <Fields>
          <TextField label={t('languages')} hint={t('languagesHint')} {...field('languages')} />
          <TextField label={t('genres')} hint={t('listHint')} {...field('genres')} />
        </Fields>
        <Fields>
          <TextField label={t('durationMinutes')} inputMode="numeric" {...field('durationMinutes')} />
          <TextField label={t('ageRating')} maxLength={20} {...field('ageRating')} />
          <TextField label={t('releaseDate')} type="date" {...field('releaseDate')} />
        </Fields>
        {hasCast && (
          <Fields>
            <TextField label={t('director')} maxLength={120} {...field('director')} />
            <TextField label={t('performers')} hint={t('listHint')} {...field('performers')} />
          </Fields>
        )}
        <TextField label={t('posterUrl')} type="url" maxLength={2_000} hint={t('posterHint')} {...field('posterUrl')} />
        {news}
        <Row>
          <Button type="submit" isPending={isPending}>
            {action}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
