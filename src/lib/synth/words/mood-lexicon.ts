/**
 * Mood words on Russell's circumplex (1980): valence and arousal, -1 … 1, with words in English, German and Italian.
 * `*` matches every ending. The values are those of groups, since finer ones would suggest a precision that isn't
 * there.
 */
export const MOOD_LEXICON: readonly (readonly [valence: number, arousal: number, words: string])[] = [
  // Pleasant and excited.
  [
    0.8,
    0.8,
    'ecsta*, euphori*, exhilarat*, thrill*, triumph*, victor*, ekstat*, euphor*, begeister*, estasi, euforic*, trionf*, esaltant*',
  ],
  [
    0.7,
    0.65,
    'excit*, exuberan*, celebrat*, party, festive, jubil*, aufreg*, festlich*, feier*, emozionant*, eccitant*, festos*, festa',
  ],
  [
    0.65,
    0.55,
    'joy*, cheer*, lively, upbeat, vibrant*, energetic, dynamic, playful*, fun, funny, adventur*, freudig*, frohlich*, lebhaft*, lebendig*, energisch*, verspielt*, abenteuer*, lustig*, gioi*, allegr*, vivac*, energic*, dinamic*, giocos*, avventur*, divertent*',
  ],
  [
    0.6,
    0.4,
    'inspir*, heroic, epic, majestic, uplifting, hero*, optimis*, confident, heldenhaft*, episch*, majestatisch*, erhebend*, eroic*, epic*, maestos*, ispir*, ottimis*',
  ],
  [0.75, 0.25, 'happy, happiness, glad, delight*, gluckl*, froh, felic*, liet*, content*'],
  [0.5, 0.45, 'busy, bustling, colorful, colourful, bunt*, geschaftig*, vivid*, colorat*'],
  // Pleasant and calm.
  [
    0.55,
    -0.55,
    'calm*, peace*, seren*, tranquil*, relax*, soothing, restful, ruhig*, friedlich*, entspann*, gelassen*, calmo, calma, pace, pacific*, rilass*, tranquill*, quiete',
  ],
  [
    0.5,
    -0.3,
    'cozy, cosy, warm*, tender*, gentle*, intimate, comfort*, gemutlich*, zartlich*, sanft*, accoglient*, tener*, dolce, dolci, intim*, caldo, calda',
  ],
  [
    0.6,
    -0.15,
    'romantic*, love*, loving, beaut*, lovely, charming, liebe*, romantisch*, schon, schone*, innamorat*, romantic*, bell*, amore, amorevol*',
  ],
  [
    0.4,
    -0.4,
    'dream*, ethereal, meditat*, contemplat*, idyllic, harmon*, traumhaft*, vertraumt*, besinnlich*, idyllisch*, sogn*, onir*, eter*, idillic*, armon*',
  ],
  [
    0.15,
    -0.5,
    'quiet*, still, silent, slow*, lazy, minimal*, leise*, still*, langsam*, silenzio*, lent*, pigr*',
  ],
  [
    0.15,
    -0.1,
    'nostalg*, wistful, bittersweet, reflective, nostalgisch*, wehmutig*, nachdenklich*, malincon*, pensieros*',
  ],
  // Unpleasant and calm.
  [
    -0.6,
    -0.4,
    'sad*, sorrow*, melanchol*, gloom*, somber, sombre, mourn*, grief, depress*, tear*, traurig*, schwermut*, trub*, duster*, trist*, cup*, tetr*, dolor*, lutto',
  ],
  [
    -0.45,
    -0.45,
    'lonel*, desolate*, abandon*, empty, bleak, dreary, einsam*, verlassen*, leer*, trostlos*, desolat*, abbandonat*, vuot*, solitar*',
  ],
  [-0.3, -0.55, 'bored, boring, tired, exhausted, dull, monoton*, langweil*, mude*, noios*, stanc*'],
  // Unpleasant and excited.
  [
    -0.65,
    0.6,
    'tense*, tension, anxi*, nervous*, stress*, worr*, suspens*, angespannt*, spannung*, nervos*, angst*, tes*, ansi*, preoccup*, suspense',
  ],
  [
    -0.75,
    0.75,
    'scar*, terrif*, horror*, fear*, fright*, panic*, nightmar*, gruselig*, schreck*, furcht*, panik*, paur*, terror*, spavent*, orror*, incub*',
  ],
  [
    -0.6,
    0.8,
    'angr*, rage, furious, aggressi*, violent*, chaotic, chaos, wutend*, zornig*, aggressiv*, chaotisch*, arrabbiat*, furios*, rabbi*, violen*, caotic*',
  ],
  [
    -0.5,
    0.35,
    'dark*, ominous, sinister, mysterious, myster*, eerie, spooky, creepy, haunt*, dunkel*, unheimlich*, bedrohlich*, geheimnisvoll*, finster*, oscur*, misterios*, inquietant*, sinistr*, minaccios*',
  ],
  [
    -0.4,
    0.5,
    'danger*, threat*, dramatic*, intense*, urgent, gefahr*, dramatisch*, intensiv*, dringend*, pericol*, drammatic*, urgent*, intens*',
  ],
  // Excited, with neutral valence; and neutral.
  [
    0.1,
    0.6,
    'fast, rapid*, quick*, action*, racing, powerful, strong, schnell*, rasant*, kraftvoll*, veloc*, rapid*, potent*, azione',
  ],
  [0.05, 0.1, 'neutral*, plain, ordinary, everyday, neutrale, normale'],
];
