import type { FilmSound } from '../film-request.ts';

/** Names as players show them. Music and effects hold no language (ISO 639-2 `zxx`), the others may. */
export const SOUND_LABELS: Record<FilmSound['role'], { name: string; languageCode: string }> = {
  mix: { name: 'Soundtrack', languageCode: 'und' },
  music: { name: 'Music', languageCode: 'zxx' },
  effects: { name: 'Effects', languageCode: 'zxx' },
  original: { name: 'Original sound', languageCode: 'und' },
};
