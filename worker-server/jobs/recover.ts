import type { WireError } from '#lib/protocol/job-event.ts';
import type { Database } from '../storage/database.ts';
import type { QueueLimits } from './queue-limits.ts';
import type { QueuePositions } from './queue-positions.ts';
import type { EventLog } from './store/event-log.ts';
import type { JobTable } from './store/job-table.ts';
import type { Run, RunTable } from './store/run-table.ts';

interface Tables {
  runs: RunTable;
  jobs: JobTable;
  log: EventLog;
}

/**
 * Recovers from a crash of the server. A run that was in progress is queued again; above `maxCrashes` its jobs fail, as
 * the run may be what crashes the server. Jobs for an engine that no longer exists fail.
 * @param engines Names of the engines that exist.
 */
export function recover(
  {
    db,
    positions,
    limits,
    ...tables
  }: Tables & { db: Database; positions: QueuePositions; limits: QueueLimits },
  engines: ReadonlySet<string>,
): void {
  const { runs, jobs, log } = tables;
  db.transaction(() => {
    for (const run of runs.withStatus('running')) {
      if (run.crashes < limits.maxCrashes) {
        runs.requeue(run.id, true);
        jobs.setStatus(run.id, 'queued');
      } else {
        const message = 'The server stopped twice while it worked on this.';
        fail(tables, run, { name: 'EngineError', message });
      }
    }
    for (const run of runs.withStatus('queued')) {
      if (engines.has(run.engine)) continue;
      const message = `The engine "${run.engine}" is no longer on this server.`;
      fail(tables, run, { name: 'EngineError', message });
    }
    for (const engine of engines) {
      const all = positions.of(engine);
      for (const { id, run } of jobs.waitingFor(engine)) {
        const at = all.get(run)!;
        log.emit(id, { t: 'queued', ...at });
        positions.markEmitted(id, at.position);
      }
    }
  });
}

function fail({ runs, jobs, log }: Tables, run: Run, error: WireError): void {
  const now = Date.now();
  for (const { id } of jobs.activeOf(run.id)) {
    jobs.end(id, 'failed', now);
    log.emit(id, { t: 'failed', error, isRetryable: true });
  }
  runs.abandon(run.id, 'failed', now);
}
