import type { WireError } from '#lib/protocol/job-event.ts';
import type { QueueParts } from './queue-parts.ts';
import type { Run } from './store/run-table.ts';

/**
 * Takes up what a server that died left behind. A run that was under way waits again, once; at its second death its
 * jobs fail, as it may be what kills the server. Jobs for an engine that is there no more fail.
 */
export function recover(parts: QueueParts, engines: ReadonlySet<string>): void {
  const { db, runs, jobs, log, room, limits } = parts;
  db.transaction(() => {
    for (const run of runs.withStatus('running')) {
      if (run.deaths < limits.mostDeaths) {
        runs.requeue(run.id, true);
        jobs.setActive(run.id, 'queued');
      } else {
        const message = 'The server stopped twice while it worked on this.';
        fail(parts, run, { name: 'EngineError', message });
      }
    }
    for (const run of runs.withStatus('queued')) {
      if (engines.has(run.engine)) continue;
      const message = `The engine "${run.engine}" is no longer on this server.`;
      fail(parts, run, { name: 'EngineError', message });
    }
    for (const engine of engines) {
      const places = room.places(engine);
      for (const { id, run } of jobs.waitingFor(engine)) {
        const place = places.get(run)!;
        log.emit(id, { t: 'queued', ...place });
        room.markNotified(id, place.position);
      }
    }
  });
}

function fail({ runs, jobs, log }: QueueParts, run: Run, error: WireError): void {
  const now = Date.now();
  for (const { id } of jobs.activeOf(run.id)) {
    jobs.end(id, 'failed', now);
    log.emit(id, { t: 'failed', error, isRetryable: true });
  }
  runs.giveUp(run.id, 'failed', now);
}
