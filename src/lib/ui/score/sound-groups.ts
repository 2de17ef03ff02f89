import type { CatalogueSound } from '#lib/job/sound-catalogue.ts';

/** The groups of the list of sounds, in its order. */
export const SOUND_GROUPS = [
  ...(['nature', 'weather', 'water', 'animals', 'people', 'city', 'machines', 'home', 'fire'] as const),
  ...(['motion', 'space', 'other'] as const),
] as const;
export type SoundGroup = (typeof SOUND_GROUPS)[number];

/** Families that are no group of their own. */
const GROUP_OF_FAMILY: Readonly<Record<string, SoundGroup>> = { air: 'weather', work: 'home' };

/** The sounds in their groups; groups without sounds are left out. */
export function groupSounds(
  sounds: readonly CatalogueSound[],
): { group: SoundGroup; sounds: CatalogueSound[] }[] {
  const groupOf = ({ family }: CatalogueSound): SoundGroup =>
    GROUP_OF_FAMILY[family] ?? SOUND_GROUPS.find((group) => group === family) ?? 'other';
  return SOUND_GROUPS.map((group) => ({
    group,
    sounds: sounds.filter((sound) => groupOf(sound) === group),
  })).filter((each) => each.sounds.length > 0);
}
