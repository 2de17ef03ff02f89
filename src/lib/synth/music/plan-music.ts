import type { MusicPlan, Section, SoundtrackRequest } from '#lib/job/score.ts';
import type { Mood } from '#lib/job/mood.ts';
import { clamp, lerp } from '../dsp/maths.ts';
import { random, type Random } from '../dsp/random.ts';
import { moodOfSight, type SeenMood } from '../evidence/mood-of-things.ts';
import { scenesOf, sightOf } from '../evidence/sight.ts';
import { chooseStyle } from './plan/choose-style.ts';
import { chooseTonic } from './plan/choose-tonic.ts';
import { harmonyFor, planHarmony } from './plan/plan-harmony.ts';
import { planParts } from './plan/plan-parts.ts';
import { planSections } from './plan/plan-sections.ts';
import { sceneAt, shapeByScenes, withScenes } from './plan/scenes.ts';
import { readPrompt } from './plan/read-prompt.ts';
import { findStyle } from './styles/styles.ts';
import { parseChord } from './theory/chord.ts';
import { pitchClass, pitchName } from './theory/pitch.ts';
import { scaleSteps, type ScaleName } from './theory/scale.ts';

/** Cuts of a smaller weight get no accent. */
const MIN_ACCENT_WEIGHT = 0.35;
const MIN_ACCENT_GAP_SECONDS = 0.9;

/**
 * Plans the music of a request: style, key, tempo, form, chords, instruments, and accents on the cuts.
 * @param styleName The style; by default the mood and the prompt choose it.
 */
export function planMusic(request: SoundtrackRequest, styleName?: string): { music: MusicPlan; mood: Mood } {
  const stream = random(`${request.seed}/plan`);
  const reading = readPrompt(request.ownWords?.music ?? request.musicPrompt, request.negativePrompt);
  const seen = moodOfSight(sightOf(request));
  const mood = blendMood(request.isMoodChosen ? request.mood : tilted(request.mood, seen), reading);
  const style = styleName
    ? findStyle(styleName)
    : chooseStyle(mood, reading, stream.fork('style'), request.isMoodChosen ? undefined : seen.styles);
  const harmony = harmonyFor(style, mood.valence);
  const tonic = chooseTonic(style.tonics, request.curve, stream.fork('tonic'));
  const beatsPerBar = stream.fork('metre').pick(style.metres);
  const wanted =
    lerp(style.tempo[0], style.tempo[1], (mood.arousal + 1) / 2) *
    reading.tempo *
    stream.fork('tempo').between(0.97, 1.03);
  const scenes = scenesOf(request);
  const film = { ...request, mood, cuts: withScenes(request.cuts, scenes) };
  const { tempoBpm, sections } = planSections(film, style, wanted, beatsPerBar);
  shapeByScenes(sections, scenes);
  const moods = sections.map((section) => sceneAt(scenes, section).mood.valence);
  const planned = planHarmony(sections, style, harmony, tonic, beatsPerBar, stream.fork('harmony'), moods);
  return {
    mood,
    music: {
      style: style.name,
      key: pitchName(tonic),
      mode: fittingScale(harmony.scale, tonic, planned, stream.fork('scale')),
      tempoBpm,
      beatsPerBar,
      sections: planned,
      parts: planParts(style, reading, stream.fork('cast')),
      accentsSeconds: accents(request),
    },
  };
}

/** The mood of colours and motion, moved towards that of what is seen. */
export function tilted(mood: Mood, seen: SeenMood): Mood {
  return moved(mood, seen.mood, seen.share);
}

/** Moves the mood of the picture by 40 … 60 % towards that of the words, if there are any. */
function blendMood(
  mood: Mood,
  { moodWords, ...words }: { valence: number; arousal: number; moodWords: number },
): Mood {
  return moved(mood, words, moodWords === 0 ? 0 : Math.min(0.6, 0.3 + 0.1 * moodWords));
}

/** A mood moved by a share of the way, 0 … 1, towards another. */
function moved(mood: Mood, to: Mood, share: number): Mood {
  return {
    valence: clamp(lerp(mood.valence, to.valence, share), -1, 1),
    arousal: clamp(lerp(mood.arousal, to.arousal, share), -1, 1),
  };
}

/** Draws one of the style's scales with the fewest chord tones outside it. */
function fittingScale(
  names: readonly ScaleName[],
  tonic: number,
  sections: readonly Section[],
  stream: Random,
): ScaleName {
  const strange = names.map((name) => {
    const inside = new Set(scaleSteps(name).map((step) => pitchClass(tonic + step)));
    const symbols = sections.flatMap((section) => section.chords);
    return symbols.reduce(
      (sum, symbol) => sum + parseChord(symbol).pitches.filter((pitch) => !inside.has(pitch)).length,
      0,
    );
  });
  const least = Math.min(...strange);
  return stream.pick(names.filter((_, k) => strange[k] === least));
}

function accents({ cuts, durationSeconds }: SoundtrackRequest): number[] {
  const chosen: number[] = [];
  for (const { atSeconds, weight } of [...cuts].sort(
    (a, b) => b.weight - a.weight || a.atSeconds - b.atSeconds,
  )) {
    if (weight < MIN_ACCENT_WEIGHT || atSeconds < 0.2 || atSeconds > durationSeconds - 0.4) continue;
    if (chosen.every((other) => Math.abs(other - atSeconds) >= MIN_ACCENT_GAP_SECONDS))
      chosen.push(atSeconds);
  }
  return chosen.sort((a, b) => a - b);
}
