import type { Facts } from '#lib/job/facts.ts';
import { listOf, sentenceFrom, type Language } from './sentence.ts';
import type { Movement, Named, Statement } from './statement.ts';

type Gender = 'm' | 'f';

/** Gender, singular and plural of each label. */
const NOUNS: Readonly<Record<string, readonly [Gender, singular: string, plural: string]>> = {
  person: ['f', 'persona', 'persone'],
  bicycle: ['f', 'bicicletta', 'biciclette'],
  car: ['f', 'auto', 'auto'],
  motorcycle: ['f', 'moto', 'moto'],
  airplane: ['m', 'aereo', 'aerei'],
  bus: ['m', 'autobus', 'autobus'],
  train: ['m', 'treno', 'treni'],
  truck: ['m', 'camion', 'camion'],
  boat: ['f', 'barca', 'barche'],
  'traffic light': ['m', 'semaforo', 'semafori'],
  'fire hydrant': ['m', 'idrante', 'idranti'],
  'stop sign': ['m', 'segnale di stop', 'segnali di stop'],
  'parking meter': ['m', 'parchimetro', 'parchimetri'],
  bench: ['f', 'panchina', 'panchine'],
  bird: ['m', 'uccello', 'uccelli'],
  cat: ['m', 'gatto', 'gatti'],
  dog: ['m', 'cane', 'cani'],
  horse: ['m', 'cavallo', 'cavalli'],
  sheep: ['f', 'pecora', 'pecore'],
  cow: ['f', 'mucca', 'mucche'],
  elephant: ['m', 'elefante', 'elefanti'],
  bear: ['m', 'orso', 'orsi'],
  animal: ['m', 'animale', 'animali'],
  zebra: ['f', 'zebra', 'zebre'],
  giraffe: ['f', 'giraffa', 'giraffe'],
  backpack: ['m', 'zaino', 'zaini'],
  umbrella: ['m', 'ombrello', 'ombrelli'],
  handbag: ['f', 'borsetta', 'borsette'],
  tie: ['f', 'cravatta', 'cravatte'],
  suitcase: ['f', 'valigia', 'valigie'],
  frisbee: ['m', 'frisbee', 'frisbee'],
  skis: ['m', 'sci', 'sci'],
  snowboard: ['m', 'snowboard', 'snowboard'],
  'sports ball': ['f', 'palla', 'palle'],
  kite: ['m', 'aquilone', 'aquiloni'],
  'baseball bat': ['f', 'mazza da baseball', 'mazze da baseball'],
  'baseball glove': ['m', 'guanto da baseball', 'guanti da baseball'],
  skateboard: ['m', 'skateboard', 'skateboard'],
  surfboard: ['f', 'tavola da surf', 'tavole da surf'],
  'tennis racket': ['f', 'racchetta da tennis', 'racchette da tennis'],
  bottle: ['f', 'bottiglia', 'bottiglie'],
  'wine glass': ['m', 'bicchiere da vino', 'bicchieri da vino'],
  cup: ['f', 'tazza', 'tazze'],
  fork: ['f', 'forchetta', 'forchette'],
  knife: ['m', 'coltello', 'coltelli'],
  spoon: ['m', 'cucchiaio', 'cucchiai'],
  bowl: ['f', 'ciotola', 'ciotole'],
  banana: ['f', 'banana', 'banane'],
  apple: ['f', 'mela', 'mele'],
  sandwich: ['m', 'panino', 'panini'],
  orange: ['f', 'arancia', 'arance'],
  broccoli: ['m', 'broccolo', 'broccoli'],
  carrot: ['f', 'carota', 'carote'],
  'hot dog': ['m', 'hot dog', 'hot dog'],
  pizza: ['f', 'pizza', 'pizze'],
  donut: ['f', 'ciambella', 'ciambelle'],
  cake: ['f', 'torta', 'torte'],
  chair: ['f', 'sedia', 'sedie'],
  couch: ['m', 'divano', 'divani'],
  'potted plant': ['f', 'pianta in vaso', 'piante in vaso'],
  bed: ['m', 'letto', 'letti'],
  'dining table': ['m', 'tavolo', 'tavoli'],
  toilet: ['m', 'water', 'water'],
  tv: ['m', 'schermo', 'schermi'],
  laptop: ['m', 'portatile', 'portatili'],
  mouse: ['m', 'mouse', 'mouse'],
  remote: ['m', 'telecomando', 'telecomandi'],
  keyboard: ['f', 'tastiera', 'tastiere'],
  'cell phone': ['m', 'telefono', 'telefoni'],
  microwave: ['m', 'microonde', 'microonde'],
  oven: ['m', 'forno', 'forni'],
  toaster: ['m', 'tostapane', 'tostapane'],
  sink: ['m', 'lavandino', 'lavandini'],
  refrigerator: ['m', 'frigorifero', 'frigoriferi'],
  book: ['m', 'libro', 'libri'],
  clock: ['m', 'orologio', 'orologi'],
  vase: ['m', 'vaso', 'vasi'],
  scissors: ['f', 'forbice', 'forbici'],
  'teddy bear': ['m', 'orsacchiotto', 'orsacchiotti'],
  'hair drier': ['m', 'asciugacapelli', 'asciugacapelli'],
  toothbrush: ['m', 'spazzolino', 'spazzolini'],
};

/** Who does something and what: for one, for several. */
const ACTIVITIES: Readonly<Record<string, readonly [one: string, some: string]>> = {
  skating: ['uno skater passa', 'degli skater passano'],
  surfing: ['un surfista cavalca la tavola', 'dei surfisti cavalcano la tavola'],
  skiing: ['uno sciatore', 'degli sciatori'],
  snowboarding: ['una persona sullo snowboard', 'delle persone sullo snowboard'],
  cycling: ['un ciclista pedala', 'dei ciclisti pedalano'],
  motorcycling: ['un motociclista passa', 'dei motociclisti passano'],
  riding: ['una persona va a cavallo', 'delle persone vanno a cavallo'],
  playingTennis: ['una persona gioca a tennis', 'delle persone giocano a tennis'],
  playingBaseball: ['una persona gioca a baseball', 'delle persone giocano a baseball'],
  playingBall: ['una persona gioca a palla', 'delle persone giocano a palla'],
  playingFrisbee: ['una persona gioca a frisbee', 'delle persone giocano a frisbee'],
  flyingKite: ['una persona fa volare un aquilone', 'delle persone fanno volare aquiloni'],
  withDog: ['una persona con un cane', 'delle persone con un cane'],
  withCat: ['una persona con un gatto', 'delle persone con un gatto'],
  typing: ['una persona alla tastiera', 'delle persone alla tastiera'],
  reading: ['una persona con un libro', 'delle persone con dei libri'],
  phoning: ['una persona con un telefono', 'delle persone con un telefono'],
  eating: ['una persona con qualcosa da mangiare', 'delle persone con qualcosa da mangiare'],
  drinking: ['una persona con qualcosa da bere', 'delle persone con qualcosa da bere'],
  cooking: ['una persona ai fornelli', 'delle persone ai fornelli'],
};

const MOVEMENTS: Readonly<Record<Movement, readonly [one: string, some: string]>> = {
  move: ['si muove', 'si muovono'],
  walk: ['cammina', 'camminano'],
  drive: ['passa', 'passano'],
  fly: ['vola', 'volano'],
  sail: ['scivola', 'scivolano'],
};
const DIRECTIONS = {
  left: 'da destra a sinistra',
  right: 'da sinistra a destra',
  nearer: 'verso la camera',
  away: 'allontanandosi dalla camera',
};

const PLACES: Readonly<Record<string, string>> = {
  kitchen: 'in una cucina',
  bathroom: 'in un bagno',
  bedroom: 'in una camera da letto',
  livingRoom: 'in un soggiorno',
  office: 'in un ufficio',
  restaurant: 'in un ristorante',
  table: 'su un tavolo',
  library: 'in una biblioteca',
  fireside: 'in un camino',
  byFire: 'accanto a un fuoco',
  street: 'in strada',
  road: 'su una strada trafficata',
  railway: 'sui binari',
  airport: 'in un aeroporto',
  city: 'in una città',
  sea: 'sul mare',
  beach: 'in riva al mare',
  harbour: 'in un porto',
  water: 'sull’acqua',
  stream: 'accanto all’acqua corrente',
  rain: 'sotto la pioggia',
  park: 'in un parco',
  forest: 'nel verde',
  meadow: 'in un prato',
  snow: 'nella neve',
  sky: 'nel cielo',
  tennisCourt: 'su un campo da tennis',
  baseballField: 'su un campo da baseball',
  sportsField: 'su un campo sportivo',
};
const SCENERY: Readonly<Record<string, string>> = {
  fire: 'un fuoco arde',
  campFire: 'un falò arde',
  rain: 'pioggia',
  sea: 'onde',
  water: 'acqua corrente',
  snow: 'neve',
  lights: 'luci di città',
  vegetation: 'piante',
  sky: 'cielo aperto',
};
const LIGHTS = { sunset: 'al tramonto', night: 'di notte' };
const PACES = { still: 'immobile', calm: 'tranquilla', lively: 'vivace', fast: 'frenetica' };
const COLOURS: Readonly<Record<string, string>> = {
  black: 'nero',
  white: 'bianco',
  grey: 'grigio',
  red: 'rosso',
  orange: 'arancione',
  brown: 'marrone',
  yellow: 'giallo',
  green: 'verde',
  blue: 'blu',
  purple: 'viola',
  pink: 'rosa',
};

const italian: Language = { clause, then: ', poi ' };

/** One Italian sentence from facts. */
export function describe(facts: Facts): string {
  return sentenceFrom(facts, italian);
}

/** A noun with its article: "un’auto", "delle auto", "molte auto". */
function nounOf({ label, count }: Named): string {
  if (isCrowd({ label, count })) return 'una folla di persone';
  const [gender, singular, plural] = NOUNS[label] ?? (['m', label, label] as const);
  if (count === 'one' && label !== 'skis' && label !== 'scissors')
    return `${articleOf(gender, singular)}${singular}`;
  if (count === 'many') return `${gender === 'f' ? 'molte' : 'molti'} ${plural}`;
  return `${gender === 'f' ? 'delle' : needsLo(plural) || /^[aeiou]/.test(plural) ? 'degli' : 'dei'} ${plural}`;
}

/** un, uno, una or un’, with the space where there is one. */
function articleOf(gender: Gender, noun: string): string {
  const isVowel = /^[aeiou]/.test(noun);
  if (gender === 'f') return isVowel ? 'un’' : 'una ';
  return needsLo(noun) ? 'uno ' : 'un ';
}

/** Whether a masculine noun has the article lo: before s and a consonant, z, gn, ps, x and y. */
function needsLo(noun: string): boolean {
  return /^(?:s[^aeiou]|z|gn|ps|x|y)/.test(noun);
}

function parked(past: Named): string {
  if (past.label === 'bench' || past.label === 'boat') return nounOf(past);
  const [gender] = NOUNS[past.label]!;
  const ending = past.count === 'one' ? { f: 'a', m: 'o' }[gender] : { f: 'e', m: 'i' }[gender];
  return `${nounOf(past)} parcheggiat${ending}`;
}

function clause(said: Statement): string {
  const isOne = said.things.length === 1 && (said.things[0]!.count === 'one' || isCrowd(said.things[0]!));
  const nouns = listOf(said.things.map(nounOf), 'e');
  const scenery = listOf(
    said.scenery.map((name) => SCENERY[name]!),
    'e',
  );
  const subject = said.activity
    ? ACTIVITIES[said.activity.name]![said.activity.count === 'one' ? 0 : 1]
    : [said.isPerhaps && 'forse', nouns || scenery].filter(Boolean).join(' ');
  const place = said.place && PLACES[said.place.name];
  const words = [
    subject || lookOf(said),
    said.movement && MOVEMENTS[said.movement][isOne ? 0 : 1],
    said.past && `accanto a ${parked(said.past)}`,
    said.direction && DIRECTIONS[said.direction],
    said.isClose && 'da vicino',
    place && (said.place!.isPerhaps ? `, forse ${place}` : place),
    said.light && LIGHTS[said.light],
  ];
  return words.filter(Boolean).join(' ').replaceAll(' ,', ',');
}

function isCrowd({ label, count }: Named): boolean {
  return label === 'person' && count === 'many';
}

/** How a picture looks in which nothing is recognised. */
function lookOf({ look, place }: Statement): string {
  const { pace, brightness, colours, isOpen } = look;
  const light = brightness === 'medium' ? null : `${brightness === 'dim' ? 'scur' : 'luminos'}a`;
  return [
    pace ? 'una scena' : 'un’immagine',
    [pace && PACES[pace], light].filter(Boolean).join(' e '),
    !place && isOpen !== null && (isOpen ? 'all’aperto' : 'al chiuso'),
    colours.length > 0 &&
      `in ${listOf(
        colours.map((name) => COLOURS[name] ?? name),
        'e',
      )}`,
  ]
    .filter(Boolean)
    .join(' ');
}
