import type { FilmSound } from '../film-request.ts';

/** Track names for players. Music and effects have no language (ISO 639-2 `zxx`), the others may. */
export const SOUND_LABELS: Record<FilmSound['role'], { name: string; languageCode: string }> = {
  mix: { name: 'Soundtrack', languageCode: 'und' },
  music: { name: 'Music', languageCode: 'zxx' },
  effects: { name: 'Effects', languageCode: 'zxx' },
  voice: { name: 'Voice', languageCode: 'und' },
  original: { name: 'Original sound', languageCode: 'und' },
};
