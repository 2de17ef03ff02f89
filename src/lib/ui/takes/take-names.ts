/** What is known of a take, in the language of the app. */
export interface TakeTraits {
  /** The user's own name for it; null without. */
  given: string | null;
  /** The effects that are heard, the most prominent first. */
  sounds: readonly string[];
  mood: string | null;
  /** The user's own words. */
  words: string | null;
  style: string | null;
  kind: string | null;
  /** Who made it, if not this device. */
  maker: string | null;
}

/** Texts of the app's language. */
export interface NameTexts {
  /** Joins sounds: "rain and thunder". */
  and: (items: readonly string[]) => string;
  /** The name of a further take that differs in nothing: its number among them, from 2 on. */
  version: (name: string, number: number) => string;
}

/** So many sounds are named. */
const MOST_SOUNDS = 2;
/** So many traits are named. */
const MOST_PARTS = 3;

/**
 * Short names of takes by what they have that others have not; all are distinct. What all takes share is named only when
 * nothing differs.
 */
export function takeNames(takes: readonly TakeTraits[], texts: NameTexts): string[] {
  const traits = takes.map((take) => traitsOf(take, takes, texts));
  const differing = traits[0]?.map((_, at) => new Set(traits.map((own) => own[at])).size > 1) ?? [];
  const names = traits.map((own, at) => {
    const telling = own.flatMap((text, k) => (differing[k] && text !== null ? [k] : []));
    const parts: number[] = [];
    for (const k of telling) {
      if (parts.length === MOST_PARTS) break;
      const rivals = traits.filter((other) => parts.every((part) => other[part] === own[part]));
      // A trait that tells it from no more of the others is left out.
      if (parts.length === 0 || rivals.some((other) => other[k] !== own[k])) parts.push(k);
    }
    const shown = parts.length > 0 ? parts : own.flatMap((text, k) => (text === null ? [] : [k])).slice(0, 2);
    return takes[at]!.given ?? capital([...new Set(shown.map((k) => own[k]))].join(', '));
  });
  return distinct(names, takes, texts);
}

/** The texts by which a take may be named, in the order of how much they tell; null for none. */
function traitsOf(take: TakeTraits, all: readonly TakeTraits[], { and }: NameTexts): (string | null)[] {
  const shared = (sound: string) => all.every(({ sounds }) => sounds.includes(sound));
  const own = take.sounds.filter((sound) => !shared(sound));
  const sounds = (own.length > 0 ? own : take.sounds).slice(0, MOST_SOUNDS);
  return [sounds.length > 0 ? and(sounds) : null, take.mood, take.words, take.style, take.maker, take.kind];
}

/** The names with further takes of the same name as versions of it; those that the user gave stay as they are. */
function distinct(names: readonly string[], takes: readonly TakeTraits[], { version }: NameTexts): string[] {
  const given = takes.flatMap(({ given: name }) => (name === null ? [] : [name]));
  const used = new Set(given);
  return names.map((name, at) => {
    if (takes[at]!.given !== null) return name;
    let free = name;
    for (let number = 2; used.has(free) || free === ''; number++) free = version(name, number);
    used.add(free);
    return free;
  });
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
