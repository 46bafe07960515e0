import { isDatabaseOutage } from '@marquee/database';
import type { PrismaClient } from '@marquee/prisma-activity';
import type { SubgraphRuntime } from '@marquee/subgraph';
import { join } from 'node:path';

import { Archive } from './adapters/archive.ts';
import { addDays } from './adapters/event-days.ts';
import { DiskLog } from './adapters/event-log/disk-log.ts';
import { SegmentFolder } from './adapters/event-log/segment-folder.ts';
import { segmentsOf } from './adapters/event-log/segments.ts';
import { EventStore } from './adapters/event-store.ts';
import { HeldDataRepository } from './adapters/held-data.ts';
import { HistoryRepository } from './adapters/histories.ts';
import { eventIdOf, keyedHash } from './adapters/keyed-hash.ts';
import { NetworkAllowance } from './adapters/network-allowance.ts';
import { RecentIdWindow } from './adapters/recent-ids.ts';
import { ReportRepository } from './adapters/reports.ts';
import { Retention } from './adapters/retention.ts';
import { observeLoading } from './adapters/telemetry.ts';
import { RiskCaseRepository } from './adapters/risk/cases.ts';
import { HeldRiskData } from './adapters/risk/held-data.ts';
import { RiskRepository } from './adapters/risk/people.ts';
import { observeRisk } from './adapters/risk/risk-telemetry.ts';
import { SignalRepository } from './adapters/risk/signals.ts';
import { thresholdsOf } from './domain/risk/settings.ts';
import type { EventLog } from './domain/ports.ts';
import { trainedModel } from './domain/risk/trained-model.ts';
import type { Settings } from './settings.ts';
import type { DecideRiskCaseDeps } from './use-cases/decide-risk-case.ts';
import type { KeepDaysDeps } from './use-cases/keep-days.ts';
import type { LoadEventsDeps } from './use-cases/load-events.ts';
import type { ScorePeopleDeps } from './use-cases/score-people.ts';
import type { TrackEventsDeps } from './use-cases/track-events.ts';

/** Ids that are known to have come lately: about a minute at full load, and 20 MB. */
const RECENT_IDS = 100_000;
const MEGABYTE = 1_024 * 1_024;

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps extends TrackEventsDeps, LoadEventsDeps, KeepDaysDeps, ScorePeopleDeps, DecideRiskCaseDeps {
  readonly eventLog: EventLog;
  readonly loadIntervalMs: number;
  readonly history: HistoryRepository;
  readonly reports: ReportRepository;
  readonly heldData: HeldDataRepository;
  readonly riskCases: RiskCaseRepository;
  readonly signals: SignalRepository;
  readonly heldRiskData: HeldRiskData;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, Settings>): Deps {
  const { client, settings, instruments, log, now } = runtime;
  const folder = new SegmentFolder(join(settings.folder, 'events'));
  const eventLog = new DiskLog({ folder, log, maxBacklogBytes: settings.maxBacklogMb * MEGABYTE });
  return {
    ...{ eventLog, eventIdOf, log, now, loadIntervalMs: settings.loadIntervalMs },
    allowance: new NetworkAllowance(runtime),
    recentIds: new RecentIdWindow(RECENT_IDS),
    hash: keyedHash(settings.visitorKey),
    segments: segmentsOf(eventLog, folder),
    store: new EventStore(client),
    isPassing: isDatabaseOutage,
    refusals: new Map(),
    onLoaded: observeLoading(folder, instruments, now),
    addDays: (days) => client.$sqlTransaction((tx) => addDays(tx, days)),
    archive: new Archive(client, join(settings.folder, 'archive')),
    retention: new Retention(client),
    kept: settings,
    history: new HistoryRepository(client),
    reports: new ReportRepository(client),
    heldData: new HeldDataRepository(client),
    ...openRisk(runtime),
  };
}

function openRisk({ client, settings, instruments }: SubgraphRuntime<PrismaClient, Settings>) {
  const risks = new RiskRepository(client);
  const riskCases = new RiskCaseRepository(client);
  observeRisk(risks, riskCases, instruments);
  return {
    ...{ risks, riskCases, signals: new SignalRepository(client), heldRiskData: new HeldRiskData(client) },
    scoring: { model: trainedModel, ruleWeights: settings.riskRuleWeights },
    thresholds: thresholdsOf(settings),
  };
}
