import { useFormats } from '@marquee/app-kit/text';

import styles from './users.module.css';

/** A moment in one line. */
export function Moment({ at }: { readonly at: string }) {
  const { time } = useFormats();
  return (
    <time className={styles['moment']} dateTime={at}>
      {time(at, 'exact')}
    </time>
  );
}
