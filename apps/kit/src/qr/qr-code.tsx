import { useMemo } from 'react';

import styles from './qr-code.module.css';
import { qrPath } from './path.ts';

export interface QrCodeProps {
  readonly text: string;
  /** Said by screen readers. */
  readonly label: string;
}

/** A QR code, as wide as its container. It is dark on white in both themes, because some scanners read nothing else. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className={styles['code']}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
