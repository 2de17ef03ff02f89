import { Hono } from 'hono';
import type { HealthAnswer } from '#lib/protocol/http-answers.ts';
import type { Service } from '../service.ts';

/** `/healthz` for monitoring: 503 when no engine can work or the server shuts down. */
export function healthRoute(service: Service | null): Hono {
  return new Hono().get('/', (c) => {
    const health = healthOf(service);
    const status = health.status === 'ok' || health.status === 'starting' ? 200 : 503;
    return c.json<HealthAnswer>(health, status, { 'Cache-Control': 'no-store' });
  });
}

function healthOf(service: Service | null): HealthAnswer {
  if (!service) return { status: 'ok', engines: [] };
  const engines = service.queue.engines().map(({ name, state }) => ({ name, state }));
  const has = (expected: string) => engines.some(({ state }) => state === expected);
  if (service.isDraining) return { status: 'draining', engines };
  return { status: has('ready') ? 'ok' : has('starting') ? 'starting' : 'failed', engines };
}
