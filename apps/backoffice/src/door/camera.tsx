import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice } from '@marquee/app-kit/ui';
import { useEffect, useRef, useState } from 'react';

import styles from './door.module.css';
import { doorTexts } from './texts.ts';

const EVERY_MS = 200;
/** The same code is read once while it stays before the camera. */
const SAME_CODE_MS = 4_000;

export interface CameraProps {
  readonly onCode: (code: string) => void;
}

/** Reads codes with the camera, in browsers that can. */
export function Camera({ onCode }: CameraProps) {
  const t = useTexts(doorTexts);
  const [isOn, setOn] = useState(false);
  if (!('BarcodeDetector' in globalThis)) return <p className={styles['hint']}>{t('noCamera')}</p>;
  return (
    <div className={styles['camera']}>
      <Button kind="quiet" aria-pressed={isOn} onPress={() => setOn(!isOn)}>
        {t(isOn ? 'cameraOff' : 'cameraOn')}
      </Button>
      {isOn && <Picture onCode={onCode} />}
    </div>
  );
}

function Picture({ onCode }: CameraProps) {
  const t = useTexts(doorTexts);
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setRefused] = useState(false);
  const latest = useRef(onCode);
  useEffect(() => void (latest.current = onCode));
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let last = { code: '', at: 0 };
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    const look = async (): Promise<void> => {
      const [found] = await detector.detect(element).catch(() => []);
      const now = Date.now();
      if (found && (found.rawValue !== last.code || now - last.at > SAME_CODE_MS)) latest.current(found.rawValue);
      if (found) last = { code: found.rawValue, at: now };
      if (!isOver) timer = setTimeout(() => void look(), EVERY_MS);
    };
    const begin = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (isOver) return stop(stream);
      element.srcObject = stream;
      await element.play();
      await look();
    };
    begin().catch(() => setRefused(true));
    return () => {
      isOver = true;
      clearTimeout(timer);
      stop(stream);
    };
  }, []);
  if (isRefused) return <Notice tone="warning">{t('cameraRefused')}</Notice>;
  return <video ref={video} className={styles['video']} muted playsInline aria-label={t('cameraPicture')} />;
}

function stop(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
