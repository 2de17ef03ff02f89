import type { Activity } from '#lib/media/audio/duck.ts';
import type { Silence } from '#lib/media/audio/silence.ts';
import type { Stems } from './preview-level.ts';

/** What is played: stems of the same length, and how present voice and source audio are over time. */
export interface PreviewSound {
  stems: Stems;
  activities: Readonly<Record<'voice' | 'original', Activity | null>>;
  durationSeconds: number;
  /** Stretches without music and effects. */
  silences?: readonly Silence[];
}
