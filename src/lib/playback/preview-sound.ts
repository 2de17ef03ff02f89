import type { SourceAudioOutput } from '#lib/job/entries/source-audio.ts';
import type { Silence } from '#lib/media/audio/silence.ts';
import type { Stems } from './preview-level.ts';

/** What is played: stems of the same length, and how present the source audio is over time. */
export interface PreviewSound {
  stems: Stems;
  activity: Pick<SourceAudioOutput, 'activity' | 'stepSeconds'>;
  durationSeconds: number;
  /** Stretches without music and effects. */
  silences?: readonly Silence[];
}
