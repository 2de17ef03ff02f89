import type { Part } from '#lib/job/score.ts';
import type { PartDesign, Style } from './style.ts';

/**
 * Who of a style plays each part of a plan: the seat that the part names, else the same role and instrument, else
 * the next of the same role; undefined when nobody in this style has the role.
 */
export function findSeats(style: Style, parts: readonly Part[]): (PartDesign | undefined)[] {
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
