/** The texts of link pages. */
const ENGLISH = {
  madeWith: 'Sound made with',
  play: 'Film with its soundtrack',
  sound: 'Soundtrack',
  untitled: 'A soundtrack',
  sealedTitle: 'A private film',
  makeOwn: 'Make your own',
  remix: 'Remix',
  download: 'Save',
  report: 'Report this',
  until: 'This link works until',
  captions: 'Sounds',
  heard: 'What you hear',
  music: 'Music',
  effects: 'Effects',
  haveVideo: 'Do you have the video?',
  dropVideo: 'Choose it, or drop it here, and see the whole. It stays on your device.',
  chooseVideo: 'Choose the video',
  otherLength: 'This file is not as long as the video that the sound was made for.',
  notPlayable: 'This browser can’t play that file.',
  opening: 'Opening',
  needsScript: 'This link is private: it is opened on your device, which needs JavaScript.',
  noKey: 'The key is missing: the link ends with “#” and a key, and must be copied whole.',
  wrongKey: 'This can’t be opened: the key is not the right one, or the file is damaged.',
  unreachable: 'It could not be fetched. Check the connection and load the page again.',
  description: 'Sound for what you see.',
  unknownTitle: 'Nothing here',
  unknownText: 'There is no link at this address. Check that it was copied whole.',
  goneTitle: 'This link has ended',
  goneText: 'Its time is over, or its owner deleted it.',
};

export type PageMessages = typeof ENGLISH;
export type PageLanguage = 'en' | 'de' | 'it';

const GERMAN: PageMessages = {
  madeWith: 'Ton gemacht mit',
  play: 'Film mit seinem Soundtrack',
  sound: 'Soundtrack',
  untitled: 'Ein Soundtrack',
  sealedTitle: 'Ein privater Film',
  makeOwn: 'Mach deinen eigenen',
  remix: 'Remix',
  download: 'Speichern',
  report: 'Melden',
  until: 'Dieser Link gilt bis',
  captions: 'Geräusche',
  heard: 'Was du hörst',
  music: 'Musik',
  effects: 'Effekte',
  haveVideo: 'Hast du das Video?',
  dropVideo: 'Wähle es aus oder zieh es hierher und sieh das Ganze. Es bleibt auf deinem Gerät.',
  chooseVideo: 'Video wählen',
  otherLength: 'Diese Datei ist nicht so lang wie das Video, für das der Ton gemacht wurde.',
  notPlayable: 'Dieser Browser kann die Datei nicht abspielen.',
  opening: 'Wird geöffnet',
  needsScript: 'Dieser Link ist privat: Er wird auf deinem Gerät geöffnet, und das braucht JavaScript.',
  noKey: 'Der Schlüssel fehlt: Der Link endet mit „#“ und einem Schlüssel und muss ganz kopiert werden.',
  wrongKey: 'Das lässt sich nicht öffnen: Der Schlüssel ist falsch oder die Datei beschädigt.',
  unreachable: 'Das konnte nicht geladen werden. Prüfe die Verbindung und lade die Seite neu.',
  description: 'Klang zu dem, was du siehst.',
  unknownTitle: 'Hier ist nichts',
  unknownText: 'Unter dieser Adresse gibt es keinen Link. Prüfe, ob sie ganz kopiert ist.',
  goneTitle: 'Dieser Link ist zu Ende',
  goneText: 'Seine Zeit ist um, oder er wurde gelöscht.',
};

const ITALIAN: PageMessages = {
  madeWith: 'Suono creato con',
  play: 'Film con la sua colonna sonora',
  sound: 'Colonna sonora',
  untitled: 'Una colonna sonora',
  sealedTitle: 'Un film privato',
  makeOwn: 'Crea la tua',
  remix: 'Remix',
  download: 'Salva',
  report: 'Segnala',
  until: 'Questo link vale fino al',
  captions: 'Suoni',
  heard: 'Che cosa senti',
  music: 'Musica',
  effects: 'Effetti',
  haveVideo: 'Hai il video?',
  dropVideo: 'Sceglilo o trascinalo qui e guarda il tutto. Resta sul tuo dispositivo.',
  chooseVideo: 'Scegli il video',
  otherLength: 'Questo file non dura quanto il video per cui è stato creato il suono.',
  notPlayable: 'Questo browser non può riprodurre il file.',
  opening: 'Apertura',
  needsScript: 'Questo link è privato: si apre sul tuo dispositivo, e per questo serve JavaScript.',
  noKey: 'Manca la chiave: il link finisce con “#” e una chiave, e va copiato per intero.',
  wrongKey: 'Non si può aprire: la chiave non è giusta o il file è danneggiato.',
  unreachable: 'Non è stato possibile caricarlo. Controlla la connessione e ricarica la pagina.',
  description: 'Il suono per ciò che vedi.',
  unknownTitle: 'Qui non c’è nulla',
  unknownText: 'A questo indirizzo non c’è alcun link. Controlla di averlo copiato per intero.',
  goneTitle: 'Questo link è finito',
  goneText: 'Il suo tempo è scaduto, oppure è stato eliminato.',
};

const MESSAGES: Record<PageLanguage, PageMessages> = { en: ENGLISH, de: GERMAN, it: ITALIAN };

/** The texts in the first language of `Accept-Language` that is supported; English otherwise. */
export function pageMessages(acceptLanguage: string | undefined): {
  language: PageLanguage;
  messages: PageMessages;
} {
  const asked = (acceptLanguage ?? '').slice(0, 200).split(',');
  const known = asked
    .map((each) => each.trim().slice(0, 2).toLowerCase())
    .find((tag) => Object.hasOwn(MESSAGES, tag));
  const language = (known ?? 'en') as PageLanguage;
  return { language, messages: MESSAGES[language] };
}
