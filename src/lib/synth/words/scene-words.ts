/** A place or a time of day that implies sounds. */
export interface Scene {
  /** English, German and Italian words, separated by commas; `*` as in the effect words. */
  words: string;
  /** Names of sounds from the most to the least fitting: `name`, or `name@distance` (distance 0 … 1). */
  sounds: readonly string[];
}

/** What a scene sounds like: one ambience, and a detail or two. */
export const SCENES: readonly Scene[] = [
  {
    words: 'beach*, strand, strande, spiaggia, spiagge, island*, insel*, isola, lagoon, palm, palms',
    sounds: ['sea', 'gulls@0.6', 'breeze'],
  },
  {
    words: 'cliff*, klippe*, scogliera, lighthouse*, leuchtturm, faro',
    sounds: ['sea', 'wind', 'gulls@0.6'],
  },
  { words: 'lake*, bergsee, seeufer, lago, laghi, shoreline', sounds: ['stream@0.5', 'birds@0.5', 'breeze'] },
  {
    words:
      'mountain*, berg, berge, alpen, montagn*, alpi, hill*, hugel, collin*, summit, gipfel, peak, cliffside, valley, tal, valle',
    sounds: ['wind', 'birds@0.7'],
  },
  { words: 'desert*, wuste*, deserto, dune*, savanna*, prairie', sounds: ['wind', 'crickets@0.6'] },
  {
    words:
      'snow, snowy, snowfall, winter*, ice, icy, frozen, schnee*, verschneit*, eis, neve, nevica*, innevat*, inverno, ghiaccio, glacier*, gletscher*, ghiacciaio',
    sounds: ['wind'],
  },
  {
    words:
      'garden*, park, parks, garten, parco, giardin*, meadow*, wiese*, prato, prati, field, fields, feld, felder, campo, campi, countryside, landscape*, landschaft*, campagna, paesaggio, spring, fruhling, primavera, picnic, grass, grassy, flower*, blume*, fior*, vineyard',
    sounds: ['birds', 'breeze', 'insects@0.5'],
  },
  { words: 'summer, sommer, estate, sunny, sonnig*, soleggiat*', sounds: ['birds@0.3', 'breeze'] },
  {
    words: 'morning, dawn, sunrise, morgen, morgens, sonnenaufgang, dammerung, mattin*, alba',
    sounds: ['birds', 'breeze'],
  },
  {
    words: 'evening, dusk, sunset*, abend*, sonnenuntergang*, sera, tramonto',
    sounds: ['breeze', 'crickets@0.5'],
  },
  {
    words: 'night*, midnight, moon*, nacht*, mond*, notte, notturn*, luna, dark, darkness',
    sounds: ['crickets', 'owl@0.6'],
  },
  { words: 'storm*, stormy, unwetter, tempestos*, burrasca', sounds: ['downpour', 'wind', 'thunder@0.3'] },
  {
    words: 'cloudy, overcast, fog, foggy, mist, misty, nebel*, bewolkt, nebbia, nuvolos*',
    sounds: ['breeze'],
  },
  { words: 'station, bahnhof, stazione, platform, bahnsteig, binario', sounds: ['train@0.4', 'crowd@0.4'] },
  {
    words: 'square, piazza, plaza, platz, town, village, dorf, paese, villaggio, tourist*',
    sounds: ['crowd@0.4', 'church-bell@0.7'],
  },
  {
    words: 'mall, supermarket, shop, shopping, store, supermarkt, einkauf*, geschaft, negozio, supermercato',
    sounds: ['crowd@0.3', 'hum@0.6'],
  },
  {
    words: 'school, schule, scuola, playground, spielplatz, parco giochi',
    sounds: ['crowd@0.5', 'birds@0.6'],
  },
  {
    words: 'concert*, konzert*, concerto, stage, buhne, palco, theater*, theatre, teatro',
    sounds: ['crowd@0.4', 'applause@0.3'],
  },
  {
    words: 'wedding*, hochzeit*, matrimonio, birthday, geburtstag*, compleanno, celebrat*, feier*',
    sounds: ['crowd@0.3', 'clink', 'applause'],
  },
  { words: 'gym, turnhalle, palestra, court', sounds: ['bounce', 'room-tone'] },
  {
    words: 'bathroom, shower*, badezimmer, dusche*, bagno, doccia, sink, waschbecken, lavandino',
    sounds: ['stream', 'drip'],
  },
  {
    words: 'construction, baustelle, cantiere, workshop, werkstatt, officina',
    sounds: ['engine@0.5', 'impact@0.4'],
  },
  { words: 'hospital, krankenhaus, ospedale', sounds: ['room-tone', 'beep@0.5'] },
  { words: 'camping, campsite, campeggio', sounds: ['fire', 'crickets@0.4'] },
  { words: 'kitchen*, kuche, cucina', sounds: ['hum@0.3', 'cutlery', 'sizzling@0.3'] },
  { words: 'animals, tiere, animali, zoo, safari', sounds: ['birds', 'elephant@0.5'] },
  { words: 'water, wasser, acqua', sounds: ['stream'] },
];
