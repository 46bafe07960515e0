import { writeSync } from 'node:fs';

import { SegmentFolder } from '../../src/adapters/event-log/segment-folder.ts';
import { SegmentWriter } from '../../src/adapters/event-log/segment-writer.ts';

/** Writes records, says which are acknowledged, and kills itself at once: `<folder> <awaited | early>`. */
const [, , path = '', when] = process.argv;
const writer = new SegmentWriter(new SegmentFolder(path));
for (let number = 0; number < 20; number += 1) {
  const batch = Array.from({ length: 10 }, (_, index) => writer.append(Buffer.from(`record ${number}.${index}`)));
  if (when === 'awaited') await Promise.all(batch);
  writeSync(1, batch.map((_, index) => `record ${number}.${index}\n`).join(''));
}
process.kill(process.pid, 'SIGKILL');
