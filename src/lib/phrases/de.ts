import type { Facts } from '#lib/job/facts.ts';
import { listOf, sentenceFrom, type Language } from './sentence.ts';
import type { Movement, Named, Statement } from './statement.ts';

type Gender = 'm' | 'f' | 'n';

interface Activity {
  actors: readonly [one: string, some: string];
  verbs?: readonly [one: string, some: string];
  rest?: string;
}

const PEOPLE = ['eine Person', 'Menschen'] as const;

/** Gender, nominative singular and plural of each label. */
const NOUNS: Readonly<Record<string, readonly [Gender, singular: string, plural: string]>> = {
  person: ['f', 'Person', 'Menschen'],
  bicycle: ['n', 'Fahrrad', 'Fahrräder'],
  car: ['n', 'Auto', 'Autos'],
  motorcycle: ['n', 'Motorrad', 'Motorräder'],
  airplane: ['n', 'Flugzeug', 'Flugzeuge'],
  bus: ['m', 'Bus', 'Busse'],
  train: ['m', 'Zug', 'Züge'],
  truck: ['m', 'Lastwagen', 'Lastwagen'],
  boat: ['n', 'Boot', 'Boote'],
  'traffic light': ['f', 'Ampel', 'Ampeln'],
  'fire hydrant': ['m', 'Hydrant', 'Hydranten'],
  'stop sign': ['n', 'Stoppschild', 'Stoppschilder'],
  'parking meter': ['f', 'Parkuhr', 'Parkuhren'],
  bench: ['f', 'Bank', 'Bänke'],
  bird: ['m', 'Vogel', 'Vögel'],
  cat: ['f', 'Katze', 'Katzen'],
  dog: ['m', 'Hund', 'Hunde'],
  horse: ['n', 'Pferd', 'Pferde'],
  sheep: ['n', 'Schaf', 'Schafe'],
  cow: ['f', 'Kuh', 'Kühe'],
  elephant: ['m', 'Elefant', 'Elefanten'],
  bear: ['m', 'Bär', 'Bären'],
  animal: ['n', 'Tier', 'Tiere'],
  zebra: ['n', 'Zebra', 'Zebras'],
  giraffe: ['f', 'Giraffe', 'Giraffen'],
  backpack: ['m', 'Rucksack', 'Rucksäcke'],
  umbrella: ['m', 'Schirm', 'Schirme'],
  handbag: ['f', 'Handtasche', 'Handtaschen'],
  tie: ['f', 'Krawatte', 'Krawatten'],
  suitcase: ['m', 'Koffer', 'Koffer'],
  frisbee: ['n', 'Frisbee', 'Frisbees'],
  skis: ['m', 'Ski', 'Skier'],
  snowboard: ['n', 'Snowboard', 'Snowboards'],
  'sports ball': ['m', 'Ball', 'Bälle'],
  kite: ['m', 'Drachen', 'Drachen'],
  'baseball bat': ['m', 'Baseballschläger', 'Baseballschläger'],
  'baseball glove': ['m', 'Baseballhandschuh', 'Baseballhandschuhe'],
  skateboard: ['n', 'Skateboard', 'Skateboards'],
  surfboard: ['n', 'Surfbrett', 'Surfbretter'],
  'tennis racket': ['m', 'Tennisschläger', 'Tennisschläger'],
  bottle: ['f', 'Flasche', 'Flaschen'],
  'wine glass': ['n', 'Weinglas', 'Weingläser'],
  cup: ['f', 'Tasse', 'Tassen'],
  fork: ['f', 'Gabel', 'Gabeln'],
  knife: ['n', 'Messer', 'Messer'],
  spoon: ['m', 'Löffel', 'Löffel'],
  bowl: ['f', 'Schüssel', 'Schüsseln'],
  banana: ['f', 'Banane', 'Bananen'],
  apple: ['m', 'Apfel', 'Äpfel'],
  sandwich: ['n', 'Sandwich', 'Sandwiches'],
  orange: ['f', 'Orange', 'Orangen'],
  broccoli: ['m', 'Brokkoli', 'Brokkoli'],
  carrot: ['f', 'Karotte', 'Karotten'],
  'hot dog': ['m', 'Hotdog', 'Hotdogs'],
  pizza: ['f', 'Pizza', 'Pizzen'],
  donut: ['m', 'Donut', 'Donuts'],
  cake: ['m', 'Kuchen', 'Kuchen'],
  chair: ['m', 'Stuhl', 'Stühle'],
  couch: ['n', 'Sofa', 'Sofas'],
  'potted plant': ['f', 'Topfpflanze', 'Topfpflanzen'],
  bed: ['n', 'Bett', 'Betten'],
  'dining table': ['m', 'Tisch', 'Tische'],
  toilet: ['f', 'Toilette', 'Toiletten'],
  tv: ['m', 'Bildschirm', 'Bildschirme'],
  laptop: ['m', 'Laptop', 'Laptops'],
  mouse: ['f', 'Computermaus', 'Computermäuse'],
  remote: ['f', 'Fernbedienung', 'Fernbedienungen'],
  keyboard: ['f', 'Tastatur', 'Tastaturen'],
  'cell phone': ['n', 'Telefon', 'Telefone'],
  microwave: ['f', 'Mikrowelle', 'Mikrowellen'],
  oven: ['m', 'Herd', 'Herde'],
  toaster: ['m', 'Toaster', 'Toaster'],
  sink: ['n', 'Waschbecken', 'Waschbecken'],
  refrigerator: ['m', 'Kühlschrank', 'Kühlschränke'],
  book: ['n', 'Buch', 'Bücher'],
  clock: ['f', 'Uhr', 'Uhren'],
  vase: ['f', 'Vase', 'Vasen'],
  scissors: ['f', 'Schere', 'Scheren'],
  'teddy bear': ['m', 'Teddybär', 'Teddybären'],
  'hair drier': ['m', 'Föhn', 'Föhne'],
  toothbrush: ['f', 'Zahnbürste', 'Zahnbürsten'],
};

/** Who does something, for one and for several, the verb for both, and what follows it. */
const ACTIVITIES: Readonly<Record<string, Activity>> = {
  skating: { actors: ['ein Skater', 'Skater'], verbs: ['fährt', 'fahren'] },
  surfing: { actors: ['ein Surfer', 'Surfer'], verbs: ['reitet', 'reiten'], rest: 'auf dem Brett' },
  skiing: { actors: ['ein Skifahrer', 'Skifahrer'] },
  snowboarding: { actors: ['ein Snowboarder', 'Snowboarder'] },
  cycling: { actors: ['ein Radfahrer', 'Radfahrer'], verbs: ['fährt', 'fahren'] },
  motorcycling: { actors: ['ein Motorradfahrer', 'Motorradfahrer'], verbs: ['fährt', 'fahren'] },
  riding: { actors: PEOPLE, verbs: ['reitet', 'reiten'], rest: 'auf einem Pferd' },
  playingTennis: { actors: PEOPLE, verbs: ['spielt', 'spielen'], rest: 'Tennis' },
  playingBaseball: { actors: PEOPLE, verbs: ['spielt', 'spielen'], rest: 'Baseball' },
  playingBall: { actors: PEOPLE, verbs: ['spielt', 'spielen'], rest: 'mit einem Ball' },
  playingFrisbee: { actors: PEOPLE, verbs: ['spielt', 'spielen'], rest: 'mit einem Frisbee' },
  flyingKite: { actors: PEOPLE, verbs: ['lässt', 'lassen'], rest: 'Drachen steigen' },
  withDog: { actors: PEOPLE, rest: 'mit einem Hund' },
  withCat: { actors: PEOPLE, rest: 'mit einer Katze' },
  typing: { actors: PEOPLE, rest: 'an einer Tastatur' },
  reading: { actors: PEOPLE, rest: 'mit einem Buch' },
  phoning: { actors: PEOPLE, rest: 'mit einem Telefon' },
  eating: { actors: PEOPLE, rest: 'beim Essen' },
  drinking: { actors: PEOPLE, rest: 'mit einem Getränk' },
  cooking: { actors: PEOPLE, rest: 'am Herd' },
};

const MOVEMENTS: Readonly<Record<Movement, readonly [one: string, some: string]>> = {
  move: ['bewegt sich', 'bewegen sich'],
  walk: ['geht', 'gehen'],
  drive: ['fährt', 'fahren'],
  fly: ['fliegt', 'fliegen'],
  sail: ['gleitet', 'gleiten'],
};
const DIRECTIONS = {
  left: 'von rechts nach links',
  right: 'von links nach rechts',
  nearer: 'auf die Kamera zu',
  away: 'von der Kamera weg',
};

const PLACES: Readonly<Record<string, string>> = {
  kitchen: 'in einer Küche',
  bathroom: 'in einem Bad',
  bedroom: 'in einem Schlafzimmer',
  livingRoom: 'in einem Wohnzimmer',
  office: 'in einem Büro',
  restaurant: 'in einem Restaurant',
  table: 'auf einem Tisch',
  library: 'in einer Bibliothek',
  fireside: 'in einem Kamin',
  byFire: 'an einem Feuer',
  street: 'auf einer Straße',
  road: 'auf einer befahrenen Straße',
  railway: 'auf Gleisen',
  airport: 'auf einem Flughafen',
  city: 'in einer Stadt',
  sea: 'auf dem Meer',
  beach: 'am Meer',
  harbour: 'in einem Hafen',
  water: 'auf dem Wasser',
  stream: 'an fließendem Wasser',
  rain: 'im Regen',
  park: 'in einem Park',
  forest: 'im Grünen',
  meadow: 'auf einer Wiese',
  snow: 'im Schnee',
  sky: 'am Himmel',
  tennisCourt: 'auf einem Tennisplatz',
  baseballField: 'auf einem Baseballfeld',
  sportsField: 'auf einem Sportplatz',
};
const SCENERY: Readonly<Record<string, string>> = {
  fire: 'ein Feuer',
  campFire: 'ein Lagerfeuer',
  rain: 'Regen',
  sea: 'Wellen',
  water: 'fließendes Wasser',
  snow: 'Schnee',
  lights: 'Lichter einer Stadt',
  vegetation: 'Pflanzen',
  sky: 'freier Himmel',
};
const FIRES = new Set(['fire', 'campFire']);
const LIGHTS = { sunset: 'bei Sonnenuntergang', night: 'bei Nacht' };
const PACES = { still: 'unbewegte', calm: 'ruhige', lively: 'lebhafte', fast: 'rasante' };
const COLOURS: Readonly<Record<string, string>> = {
  black: 'Schwarz',
  white: 'Weiß',
  grey: 'Grau',
  red: 'Rot',
  orange: 'Orange',
  brown: 'Braun',
  yellow: 'Gelb',
  green: 'Grün',
  blue: 'Blau',
  purple: 'Violett',
  pink: 'Rosa',
};
const ARTICLES = { m: ['ein', 'einem'], f: ['eine', 'einer'], n: ['ein', 'einem'] } as const;

const german: Language = { clause, then: ', dann ' };

/** One German sentence from facts. */
export function describe(facts: Facts): string {
  return sentenceFrom(facts, german);
}

/** A noun in the nominative with its article: "ein Auto", "Autos", "viele Autos". */
function nounOf({ label, count }: Named): string {
  if (isCrowd({ label, count })) return 'eine Menschenmenge';
  const [gender, singular, plural] = NOUNS[label] ?? (['n', label, label] as const);
  if (count === 'one' && label !== 'skis') return `${ARTICLES[gender][0]} ${singular}`;
  return count === 'many' ? `viele ${plural}` : plural;
}

/** A noun in the dative, with "geparkt" where it is a vehicle: "einem geparkten Auto", "Bänken". */
function pastOf({ label, count }: Named): string {
  const [gender, singular, plural] = NOUNS[label] ?? (['n', label, label] as const);
  const adjective = label === 'bench' || label === 'boat' ? '' : 'geparkten ';
  if (count === 'one') return `${ARTICLES[gender][1]} ${adjective}${singular}`;
  // The dative plural has an n unless there is one, or an s.
  return `${count === 'many' ? 'vielen ' : ''}${adjective}${/[ns]$/.test(plural) ? plural : `${plural}n`}`;
}

/** After "dann" the verb comes before the subject. */
function clause(said: Statement, isFirst: boolean): string {
  const isOne = said.things.length === 1 && (said.things[0]!.count === 'one' || isCrowd(said.things[0]!));
  const activity = said.activity && ACTIVITIES[said.activity.name];
  const isFire = said.scenery.some((name) => FIRES.has(name));
  const at = said.activity ? (said.activity.count === 'one' ? 0 : 1) : isOne || isFire ? 0 : 1;
  const nouns = listOf(said.things.map(nounOf), 'und');
  const scenery = listOf(
    said.scenery.map((name) => SCENERY[name]!),
    'und',
  );
  const subject =
    activity?.actors[at] ?? [said.isPerhaps && 'vielleicht', nouns || scenery].filter(Boolean).join(' ');
  const verb =
    activity?.verbs?.[at] ?? (isFire ? 'brennt' : said.movement ? MOVEMENTS[said.movement][at] : null);
  const place = said.place && PLACES[said.place.name];
  const words = [
    ...(isFirst || !verb ? [subject || lookOf(said), verb] : [verb, subject]),
    !verb && activity?.rest,
    said.isClose && 'aus der Nähe',
    said.light && LIGHTS[said.light],
    place && (said.place!.isPerhaps ? `${verb ? '' : ', '}vielleicht ${place}` : place),
    said.past && `an ${pastOf(said.past)} vorbei`,
    verb && activity?.rest,
    said.direction && DIRECTIONS[said.direction],
  ];
  return words.filter(Boolean).join(' ').replaceAll(' ,', ',');
}

function isCrowd({ label, count }: Named): boolean {
  return label === 'person' && count === 'many';
}

/** How a picture looks in which nothing is recognised. */
function lookOf({ look, place }: Statement): string {
  const { pace, brightness, colours, isOpen } = look;
  const light = { dim: 'dunkle', medium: null, bright: 'helle' }[brightness];
  const scene = ['eine', [pace && PACES[pace], light].filter(Boolean).join(', '), 'Szene'];
  const picture = ['ein', light && `${light}s`, 'Bild'];
  return [
    ...(pace ? scene : picture),
    !place && isOpen !== null && (isOpen ? 'im Freien' : 'in einem Raum'),
    colours.length > 0 &&
      `in ${listOf(
        colours.map((name) => COLOURS[name] ?? name),
        'und',
      )}`,
  ]
    .filter(Boolean)
    .join(' ');
}
