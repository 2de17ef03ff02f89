/** A scene keeps its name while its start moves by less than this, milliseconds: another way of watching is that exact. */
const SAME_MILLISECONDS = 250;

/** Something with the name of a scene. */
interface OfScene {
  id: string;
}

/** The name of a scene: its start in milliseconds. */
export function sceneId(startSeconds: number): string {
  return String(Math.round(startSeconds * 1000));
}

/**
 * What is said about scenes, by the names of the present ones: what was said about a scene whose start has moved a
 * little is said about the nearest; what is about no present scene is left out.
 */
export function ofPresentScenes<T extends OfScene>(
  said: readonly T[],
  scenes: readonly OfScene[],
): Map<string, T> {
  const names = new Set(scenes.map(({ id }) => id));
  const found = new Map(said.filter(({ id }) => names.has(id)).map((one) => [one.id, one]));
  for (const one of said) {
    if (names.has(one.id)) continue;
    const free = scenes.filter(({ id }) => !found.has(id) && apart(id, one.id) < SAME_MILLISECONDS);
    const nearest = free.toSorted((a, b) => apart(a.id, one.id) - apart(b.id, one.id))[0];
    if (nearest) found.set(nearest.id, one);
  }
  return found;
}

/** The scenes that are muted, of those that there are. */
export function mutedScenes<S extends OfScene>(scenes: readonly S[], muted: readonly string[]): S[] {
  const ids = ofPresentScenes(
    muted.map((id) => ({ id })),
    scenes,
  );
  return scenes.filter(({ id }) => ids.has(id));
}

function apart(one: string, other: string): number {
  return Math.abs(Number(one) - Number(other));
}
