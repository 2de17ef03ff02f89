import { m } from '#lib/paraglide/messages.js';
import type { RemoteGeneration } from '#lib/state/remote-generation.svelte.ts';
import { timeText } from '../clock-text.ts';
import { percentText } from '../number-text.ts';

type Phase = NonNullable<RemoteGeneration['phase']>;

/** The phase of a server's job in a few words. */
export function phaseText(phase: Phase): string {
  switch (phase.is) {
    case 'asking':
      return m.phase_asking();
    case 'full':
      return m.phase_full({ time: timeText(phase.retryAfterMs) });
    case 'queued': {
      const { position, etaMs } = phase;
      if (position === 0) return m.phase_working();
      if (etaMs === null) return m.phase_queued({ position });
      return m.phase_queued_left({ position, time: timeText(etaMs) });
    }
    case 'working': {
      const { step, of, etaMs } = phase;
      if (of <= 1) return m.phase_working();
      if (etaMs === null) return m.phase_step({ step, of });
      return m.phase_step_left({ step, of, time: timeText(etaMs) });
    }
    case 'arriving':
      return m.phase_arriving({ percent: percentText(phase.fraction) });
    case 'fitting':
      return m.phase_fitting();
  }
}
