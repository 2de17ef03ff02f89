import { m } from '#lib/paraglide/messages.js';
import type { Server } from '#lib/state/server.svelte.ts';
import { percentText } from '../number-text.ts';

/** The state of an engine in a word; with its progress while it starts. */
export function stateText({ state, startedFraction }: Server['engines'][number]): string {
  if (state === 'ready') return m.server_engine_ready();
  if (state === 'failed') return m.server_engine_failed();
  const share = startedFraction === undefined ? '' : ` ${percentText(startedFraction)}`;
  return `${m.server_engine_starting()}${share}`;
}
