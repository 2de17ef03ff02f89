/**
 * What is usually heard at a place beside its ambience, most usual first, by the names of the table of places; at night
 * the second list comes first.
 */
const USUAL_SOUNDS: Readonly<Record<string, { day: readonly string[]; night?: readonly string[] }>> = {
  home: { day: ['clock', 'door', 'creak'] },
  table: { day: ['cutlery', 'clink', 'pouring'] },
  livingRoom: { day: ['clock', 'creak', 'phone'] },
  bedroom: { day: ['clock', 'creak'] },
  bathroom: { day: ['drip', 'tap', 'brushing'] },
  library: { day: ['page', 'clock'] },
  office: { day: ['keyboard', 'mouse-click', 'phone'] },
  kitchen: { day: ['sizzling', 'chopping', 'tap', 'cutlery'] },
  restaurant: { day: ['cutlery', 'clink', 'pouring'] },
  fireside: { day: ['clock', 'creak'] },
  street: { day: ['car-pass', 'horn', 'footsteps', 'bicycle-bell'] },
  road: { day: ['car-pass', 'truck-pass', 'motorcycle'] },
  city: { day: ['horn', 'church-bell', 'siren', 'crowd'] },
  crowd: { day: ['applause', 'cheer'] },
  railway: { day: ['train-horn', 'train'] },
  airport: { day: ['plane'] },
  sportsField: { day: ['cheer', 'kick', 'crowd'] },
  tennisCourt: { day: ['tennis', 'applause'] },
  baseballField: { day: ['bat', 'cheer'] },
  outdoors: { day: ['birds', 'leaves'], night: ['owl', 'crickets'] },
  park: { day: ['birds', 'leaves', 'dog'], night: ['owl'] },
  meadow: { day: ['insects', 'birds', 'cow'], night: ['owl'] },
  savanna: { day: ['bear', 'elephant', 'birds'] },
  forest: { day: ['birds', 'leaves', 'crow'], night: ['owl'] },
  campFire: { day: ['birds', 'leaves'], night: ['crickets', 'owl'] },
  snow: { day: ['footsteps-snow', 'crow'] },
  sky: { day: ['plane', 'crow'] },
  beach: { day: ['gulls', 'splash'] },
  sea: { day: ['gulls', 'ship-horn'] },
  water: { day: ['splash', 'birds', 'frogs'], night: ['frogs'] },
  harbour: { day: ['gulls', 'ship-horn', 'boat'] },
  stream: { day: ['birds', 'splash', 'frogs'], night: ['frogs'] },
  rain: { day: ['thunder', 'drip'] },
};

/** The sounds that are usual at a place, most usual first; none for an unknown one. */
export function usualSounds(place: string, isNight: boolean): readonly string[] {
  const usual = USUAL_SOUNDS[place];
  if (!usual) return [];
  return isNight ? [...(usual.night ?? []), ...usual.day] : usual.day;
}
