import { lazy, Suspense, useSyncExternalStore } from 'react';

import type { IdentityPrompt } from '../api/index.ts';
import type { IdentityDocuments } from './documents.ts';

const IdentityDialog = lazy(async () => ({ default: (await import('./identity-dialog.tsx')).IdentityDialog }));

/** Draws the prompt by which people confirm who they are, while something waits for it. */
export function Identity({
  prompt,
  documents,
}: {
  readonly prompt: IdentityPrompt;
  readonly documents: IdentityDocuments;
}) {
  const isOpen = useSyncExternalStore(prompt.subscribe, () => prompt.isOpen);
  if (!isOpen) return null;
  return (
    <Suspense>
      <IdentityDialog documents={documents} onAnswer={(isConfirmed) => prompt.answer(isConfirmed)} />
    </Suspense>
  );
}
