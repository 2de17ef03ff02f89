/** The meaning of a word of a prompt for the music. */
export interface WordMeaning {
  /** Weights of the styles it suggests. */
  styles?: Record<string, number>;
  /** Instruments it names. */
  instruments?: readonly string[];
  valence?: number;
  arousal?: number;
  /** Factor on the tempo. */
  tempo?: number;
}

const STYLE_WORDS: Record<string, string> = {
  ambient:
    'ambient atmospheric ethereal meditative meditation spa zen floating dreamy dreamlike relaxing soothing serene tranquil newage underwater space',
  cinematic:
    'cinematic film movie orchestral orchestra soundtrack score emotional romantic documentary nostalgic wedding love',
  uplifting:
    'uplifting inspiring inspirational motivational corporate optimistic triumphant hopeful pop indie sunny success summer',
  lofi: 'lofi lo-fi chillhop hiphop hip-hop chill chilled study rainy coffee cafe jazzy jazz laid-back laidback',
  tense:
    'tense suspense suspenseful thriller chase action anxious nervous urgent danger dangerous stormy storm pursuit',
  dark: 'dark scary horror creepy eerie ominous haunted haunting gloomy sinister spooky drone fear',
  playful:
    'playful funny comic comedy quirky cute silly cartoon children kids childish puppy puppies kitten whimsical cheeky bouncy',
  epic: 'epic heroic trailer battle powerful majestic grand dramatic war adventure mountains mountain massive fantasy',
  acoustic:
    'acoustic folk country unplugged campfire organic rustic bluegrass singer-songwriter pastoral countryside',
  electronic: 'electronic edm house techno dance club trance party electro disco energetic',
  melancholy:
    'melancholy melancholic sad sorrowful lonely grief mournful wistful longing heartbreak tearful neoclassical minimalist',
  synthwave: 'synthwave retrowave 80s eighties retro neon cyberpunk synth analog vaporwave arcade',
};

const INSTRUMENT_WORDS: Record<string, readonly string[]> = {
  piano: ['piano'],
  felt: ['felt piano'],
  rhodes: ['electric piano'],
  guitar: ['nylon guitar', 'steel guitar'],
  ukulele: ['ukulele'],
  harp: ['harp'],
  strings: ['strings', 'tremolo strings', 'staccato strings', 'pizzicato strings'],
  pizzicato: ['pizzicato strings'],
  violin: ['violin'],
  violins: ['strings'],
  cello: ['cello'],
  flute: ['flute'],
  whistle: ['whistle'],
  whistling: ['whistle'],
  clarinet: ['clarinet'],
  brass: ['brass'],
  horns: ['brass'],
  trumpet: ['brass'],
  choir: ['choir'],
  vocals: ['choir'],
  voices: ['choir'],
  organ: ['organ'],
  bell: ['bell', 'glockenspiel'],
  bells: ['bell', 'glockenspiel', 'celesta'],
  glockenspiel: ['glockenspiel'],
  celesta: ['celesta'],
  'music-box': ['music box'],
  kalimba: ['kalimba'],
  marimba: ['marimba'],
  xylophone: ['marimba'],
  vibraphone: ['vibraphone'],
  synthesizer: ['synth pad', 'lead synth', 'pluck synth', 'synth bass'],
  pads: ['warm pad', 'synth pad', 'glass pad', 'air pad'],
  bass: ['sub bass', 'upright bass', 'picked bass', 'synth bass', 'square bass'],
  drums: [
    'acoustic drums',
    'lo-fi drums',
    'electronic drums',
    'orchestral drums',
    'hand percussion',
    'brushes',
  ],
  drum: [
    'acoustic drums',
    'lo-fi drums',
    'electronic drums',
    'orchestral drums',
    'hand percussion',
    'brushes',
  ],
  percussion: [
    'hand percussion',
    'acoustic drums',
    'lo-fi drums',
    'electronic drums',
    'orchestral drums',
    'brushes',
  ],
  beat: ['lo-fi drums', 'electronic drums', 'acoustic drums'],
  vinyl: ['vinyl crackle'],
  crackle: ['vinyl crackle'],
};

const MOOD_WORDS: Record<string, readonly [valence: number, arousal: number, tempo?: number]> = {
  happy: [0.7, 0.3],
  joyful: [0.8, 0.4],
  cheerful: [0.8, 0.3],
  joy: [0.7, 0.3],
  bright: [0.5, 0.2],
  fun: [0.6, 0.4],
  warm: [0.4, -0.3],
  cozy: [0.5, -0.5],
  calm: [0.3, -0.8],
  quiet: [0.1, -0.7],
  peaceful: [0.5, -0.8],
  gentle: [0.4, -0.6],
  soft: [0.3, -0.6],
  beautiful: [0.5, -0.1],
  tender: [0.4, -0.5],
  sunset: [0.4, -0.5],
  beach: [0.5, -0.3],
  night: [-0.1, -0.4],
  rain: [-0.15, -0.4],
  snow: [0.1, -0.5],
  angry: [-0.7, 0.8],
  aggressive: [-0.5, 0.9],
  mysterious: [-0.35, -0.2],
  mystery: [-0.35, -0.2],
  cold: [-0.35, -0.3],
  lonely: [-0.6, -0.6],
  exciting: [0.4, 0.8],
  excited: [0.5, 0.8],
  intense: [-0.1, 0.8],
  sport: [0.4, 0.8],
  sports: [0.4, 0.8],
  fast: [0.1, 0.7, 1.15],
  driving: [0.1, 0.6, 1.05],
  upbeat: [0.6, 0.6, 1.05],
  lively: [0.6, 0.6, 1.05],
  slow: [0, -0.5, 0.85],
  slowly: [0, -0.4, 0.9],
};

/** Words of other languages (German, Spanish, French, Italian) and their English equivalents above. */
const TRANSLATIONS: Record<string, string> = {
  ruhig: 'calm',
  friedlich: 'peaceful',
  fröhlich: 'happy',
  traurig: 'sad',
  düster: 'dark',
  unheimlich: 'creepy',
  spannend: 'suspense',
  episch: 'epic',
  verspielt: 'playful',
  klavier: 'piano',
  gitarre: 'guitar',
  geige: 'violin',
  streicher: 'strings',
  schlagzeug: 'drums',
  langsam: 'slow',
  schnell: 'fast',
  sanft: 'gentle',
  tranquilo: 'calm',
  alegre: 'happy',
  triste: 'sad',
  oscuro: 'dark',
  épico: 'epic',
  guitarra: 'guitar',
  violín: 'violin',
  tambores: 'drums',
  batería: 'drums',
  lento: 'slow',
  rápido: 'fast',
  suave: 'soft',
  feliz: 'happy',
  calme: 'calm',
  joyeux: 'happy',
  joyeuse: 'happy',
  sombre: 'dark',
  épique: 'epic',
  guitare: 'guitar',
  violon: 'violin',
  batterie: 'drums',
  lente: 'slow',
  rapide: 'fast',
  doux: 'soft',
  douce: 'soft',
  calmo: 'calm',
  felice: 'happy',
  buio: 'dark',
  epico: 'epic',
  chitarra: 'guitar',
  violino: 'violin',
  pianoforte: 'piano',
  veloce: 'fast',
  dolce: 'gentle',
  archi: 'strings',
};

const table = new Map<string, WordMeaning>();
for (const [style, words] of Object.entries(STYLE_WORDS)) {
  for (const word of words.split(' ')) table.set(word, { styles: { [style]: word === style ? 1.6 : 1 } });
}
for (const [word, instruments] of Object.entries(INSTRUMENT_WORDS)) table.set(word, { instruments });
for (const [word, [valence, arousal, tempo = 1]] of Object.entries(MOOD_WORDS))
  table.set(word, { valence, arousal, tempo });

/** The meaning of a word in lower case, also of its plural; undefined when it has none. */
export function wordMeaning(word: string): WordMeaning | undefined {
  const english = TRANSLATIONS[word] ?? word;
  return table.get(english) ?? table.get(english.replace(/s$/, ''));
}
