import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice } from '@marquee/app-kit/ui';
import { useEffect, useState } from 'react';

import { type CameraFault, CameraPicture, type CodeReader } from './camera-picture.tsx';
import { loadDetector } from './detector.ts';
import styles from './door.module.css';
import { doorTexts } from './texts.ts';

/** Reads codes with the camera. */
export function Camera({ onCode }: CodeReader) {
  const t = useTexts(doorTexts);
  const [isOn, setOn] = useState(false);
  const [fault, setFault] = useState<CameraFault>();
  // Loaded before it is needed, so that it is on the device when the network is gone.
  useEffect(() => void loadDetector().catch(() => undefined), []);
  const turn = (): void => {
    setFault(undefined);
    setOn(!isOn);
  };
  const fail = (next: CameraFault): void => {
    setFault(next);
    setOn(false);
  };
  return (
    <div className={styles['camera']}>
      <Button kind="quiet" aria-pressed={isOn} onPress={turn}>
        {t(isOn ? 'cameraOff' : 'cameraOn')}
      </Button>
      {fault && <Notice tone="warning">{t(fault)}</Notice>}
      {isOn && <CameraPicture onCode={onCode} onFault={fail} />}
    </div>
  );
}
