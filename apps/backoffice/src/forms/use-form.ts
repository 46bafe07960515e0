import { problemOf } from '@marquee/app-kit/api';
import { useProblemText } from '@marquee/app-kit/ui';
import { type FormEvent, useEffect, useRef, useState } from 'react';

/** Why fields cannot be sent, by field. */
export type Problems<Field extends string> = Readonly<Partial<Record<Field, string | undefined>>>;

const NONE: Problems<never> = {};

/**
 * The state of a form. Fields are checked when it is sent, from then on as the person types; the first with a problem
 * gets the focus.
 */
export function useForm<Values extends object>(
  initial: Values,
  check: (values: Values) => Problems<keyof Values & string>,
) {
  type Field = keyof Values & string;
  const textOf = useProblemText();
  const [values, setValues] = useState(initial);
  const [isChecked, setChecked] = useState(false);
  const [refused, setRefused] = useState<Problems<Field>>(NONE);
  const [attempt, setAttempt] = useState(0);
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (attempt > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempt]);
  const problems: Problems<Field> = isChecked ? { ...check(values), ...refused } : refused;
  const set = <Key extends Field>(field: Key, value: Values[Key]): void => {
    setValues((former) => ({ ...former, [field]: value }));
    setRefused((former) => without<Field>(former, field));
  };
  return {
    values,
    problems,
    set,
    reset: (): void => {
      setValues(initial);
      setChecked(false);
      setRefused(NONE);
    },
    /** The properties of a text field. */
    field: <Key extends Field>(field: Key) => ({
      value: values[field],
      onChange: (value: Values[Key]) => set(field, value),
      problem: problems[field],
    }),
    /** Marks a field that the server refused, if the error names one. @returns whether it does */
    refuse: (error: unknown): boolean => {
      const { code, extensions } = problemOf(error);
      const parts = String(extensions['field'] ?? '').split('.');
      const field = parts.find((part): part is Field => part in values);
      if (code !== 'BAD_USER_INPUT' || !field) return false;
      setRefused({ [field]: textOf(error) } as Problems<Field>);
      setAttempt((count) => count + 1);
      return true;
    },
    refuseField: (field: Field, message: string): void => {
      setRefused({ [field]: message } as Problems<Field>);
      setAttempt((count) => count + 1);
    },
    /** For `<form noValidate>`. */
    form: (send: (values: Values) => void) => ({
      ref,
      noValidate: true,
      onSubmit: (event: FormEvent) => {
        event.preventDefault();
        setChecked(true);
        setRefused(NONE);
        setAttempt((count) => count + 1);
        if (Object.values(check(values)).every((problem) => problem === undefined)) send(values);
      },
    }),
  };
}

function without<Field extends string>(problems: Problems<Field>, field: Field): Problems<Field> {
  return Object.fromEntries(Object.entries(problems).filter(([name]) => name !== field)) as Problems<Field>;
}
