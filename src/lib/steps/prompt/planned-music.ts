import type { Facts, FactsOfPart, Thing } from '#lib/job/facts.ts';
import type { Mood } from '#lib/job/mood.ts';
import type { Cue, MusicPlan, SoundtrackRequest } from '#lib/job/score.ts';
import { moodOfSight } from '#lib/synth/evidence/mood-of-things.ts';
import { sightOf } from '#lib/synth/evidence/sight.ts';
import { planMusic, tilted } from '#lib/synth/music/plan-music.ts';

/** What the synthesiser plays: the style by its name, up to three instruments, the leading one first, and the tempo. */
export interface PlannedMusic {
  style: string;
  instruments: string[];
  tempoBpm: number;
  /** The mood of the plan: that of words and colours, moved towards that of what is seen. */
  mood: Mood;
}

/** What the planner asks for. */
export interface MusicWish {
  facts: Facts;
  mood: Mood;
  /** Whether the mood is the user's choice. */
  isMoodChosen: boolean;
  /** The user's own words; empty for none. */
  words: string;
  seed: number;
}

/** Parts in the order of their weight. */
const ROLES: readonly MusicPlan['parts'][number]['role'][] = ['melody', 'harmony', 'pad', 'bass', 'rhythm'];
const MAX_INSTRUMENTS = 3;
/** Length of the film in the request: the planner's choices hardly depend on it. */
const SECONDS = 30;
/** How many boxes a count stands for. */
const COUNTS = { one: 1, some: 3, many: 7 };

/** The music that the synthesiser's own planner chooses for the facts, the mood and the user's words. */
export function plannedMusic(wish: MusicWish): PlannedMusic {
  const { music, mood } = planMusic(requestOf(wish));
  const parts = music.parts
    .filter(({ role }) => role !== 'texture')
    .toSorted((one, other) => ROLES.indexOf(one.role) - ROLES.indexOf(other.role));
  return {
    style: music.style,
    instruments: [...new Set(parts.map(({ instrument }) => instrument))].slice(0, MAX_INSTRUMENTS),
    tempoBpm: Math.round(music.tempoBpm),
    mood,
  };
}

/** The mood of pictures, moved towards that of what is seen in them, as the planner does it for the film. */
export function seenMood(facts: Facts, mood: Mood): Mood {
  const request = requestOf({ facts, mood, isMoodChosen: false, words: '', seed: 0 });
  return tilted(mood, moodOfSight(sightOf(request)));
}

/** A request for music to the same things, places and regions; parts of the film are scenes. */
function requestOf({ facts, mood, isMoodChosen, words, seed }: MusicWish): SoundtrackRequest {
  const parts: Pick<FactsOfPart, 'startSeconds' | 'endSeconds' | 'places'>[] = facts.parts ?? [
    { ...facts, startSeconds: 0, endSeconds: SECONDS },
  ];
  const end = parts.at(-1)!.endSeconds;
  const certainty = (name: string) => facts.regions.find((region) => region.name === name)?.certainty ?? 0;
  return {
    ...{ musicPrompt: '', effectsPrompt: '', negativePrompt: '', mood, isMoodChosen, seed },
    ...{ kind: 'music', durationSeconds: SECONDS, curve: [], cuts: [], looks: [0] },
    ownWords: { music: words, effects: '' },
    cues: facts.things.flatMap(cuesOf),
    scenes: parts.map(({ startSeconds, endSeconds, places }) => ({
      startSeconds: (startSeconds / end) * SECONDS,
      endSeconds: (endSeconds / end) * SECONDS,
      ...{ fadeSeconds: 0, like: null, mood, musicPrompt: '', effectsPrompt: '' },
      places: places.map(({ name, certainty }) => ({ name, certainty })),
    })),
    views: [
      {
        atSeconds: 0,
        ...{ sky: certainty('sky'), sea: certainty('sea'), vegetation: certainty('vegetation') },
        ...{ fire: certainty('fire'), snow: certainty('snow'), night: certainty('night') },
        ...{ outdoor: facts.outdoor, flat: 0 },
      },
    ],
  };
}

function cuesOf({ label, count, certainty, size }: Thing): Cue[] {
  const side = Math.sqrt(size);
  return Array.from({ length: COUNTS[count] }, (_, i) => ({
    label,
    score: certainty,
    times: [
      { atSeconds: 0, x: (i / COUNTS[count]) * (1 - side), y: (1 - side) / 2, width: side, height: side },
    ],
  }));
}
