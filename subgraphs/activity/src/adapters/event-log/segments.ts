import type { Segments } from '../../domain/ports.ts';
import type { DiskLog } from './disk-log.ts';
import type { SegmentFolder } from './segment-folder.ts';

/** The segments of a log, to be loaded. */
export function segmentsOf(diskLog: DiskLog, folder: SegmentFolder): Segments {
  return {
    takeSegments: (now) => diskLog.takeSegments(now),
    read: (id) => folder.read(id),
    delete: (id) => folder.delete(id),
    setAside: (id) => folder.setAside(id),
    recount: () => diskLog.recount(),
  };
}
