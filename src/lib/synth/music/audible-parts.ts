import type { Part, Score } from '#lib/job/score.ts';
import { RENDER_VERSION } from '../render-cache.ts';
import type { PartDesign, Style } from './style.ts';
import { findStyle } from './styles/styles.ts';

/** A part of a score that is heard, with the part of the style that says how it is played. */
export interface AudiblePart {
  part: Part;
  design: PartDesign;
  /** Its `seat`, or its index in older scores: names its random streams. */
  seat: number;
  /** Its key in a `RenderCache`: everything that its notes and its sound depend on, before level and sends. */
  key: string;
}

/** The parts of a score that are neither muted nor unknown to its style. */
export function audibleParts(score: Score): AudiblePart[] {
  const { music, mood, seed, durationSeconds } = score;
  if (!music) return [];
  const { style: styleName, key: tonic, mode, tempoBpm, beatsPerBar, sections } = music;
  const plan = [styleName, tonic, mode, tempoBpm, beatsPerBar, sections];
  const style = findStyle(styleName);
  const designs = matchParts(style, music.parts);
  return music.parts.flatMap((part, index) => {
    const design = designs[index];
    if (!design || part.isMuted) return [];
    const seat = part.seat ?? index;
    const { role, instrument, pan } = part;
    const player = [role, instrument, pan, seat, style.parts.indexOf(design)];
    return [
      {
        part,
        design,
        seat,
        key: JSON.stringify([RENDER_VERSION, seed, mood, durationSeconds, plan, player]),
      },
    ];
  });
}

/**
 * Matches the parts of a plan with the parts of a style: by the seat that a part names, else by role and instrument,
 * else the next free one of the same role; undefined when the style has no part of that role.
 */
export function matchParts(style: Style, parts: readonly Part[]): (PartDesign | undefined)[] {
  const taken = new Set<PartDesign>();
  return parts.map((part) => {
    const named = style.parts[part.seat ?? -1];
    if (named?.role === part.role) return named;
    const free = style.parts.filter((design) => design.role === part.role && !taken.has(design));
    const design =
      free.find((each) => each.instrument === part.instrument) ??
      free[0] ??
      style.parts.find((each) => each.role === part.role);
    if (design) taken.add(design);
    return design;
  });
}
