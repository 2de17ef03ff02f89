/** Words that make a sound model babble or sing, in English, German and Italian: patterns of whole words. */
const SPEECH = [
  // English
  'speech(?:es)?',
  'speak(?:s|ing|er|ers)?',
  'spoken',
  'talk(?:s|ed|ing|ative)?',
  'voices?',
  'vocals?',
  'vocalists?',
  'conversations?',
  'convers(?:es|ing)',
  'dialogues?',
  'dialogs?',
  'narrat(?:ion|or|ing)',
  'chat(?:s|ting|ter|tering)?',
  'babbl(?:e|es|ing)',
  'whisper(?:s|ed|ing)?',
  'shout(?:s|ed|ing)?',
  'yell(?:s|ed|ing)?',
  'sing(?:s|ing|er|ers)?',
  'sung',
  'songs?',
  'lyrics?',
  'choirs?',
  'chants?',
  'chanting',
  'interviews?',
  'interviewing',
  'lectur(?:e|es|ing)',
  // German
  'sprach(?:e|en)',
  'sprech(?:en|end|ende|enden|er|erin)',
  'spricht',
  'red(?:en|end|ende|enden|et|ner)',
  'stimmen?',
  'gespräche?n?',
  'unterhaltung(?:en)?',
  'unterhalten',
  'geplauder',
  'plaudern',
  'flüstern',
  'gesang',
  'singt',
  'singen(?:d|de|den)?',
  'sänger(?:in)?',
  'gesungen',
  'lied(?:er)?',
  'liedtexte?',
  'chöre',
  'chor',
  // Italian
  'parl(?:a|ano|are|ando|ato)',
  'parol[ae]',
  'voc[ei]',
  'discors[oi]',
  'conversazion[ei]',
  'dialogh?[oi]',
  'chiacchier[ae]',
  'chiacchierando',
  'sussurr[oi]',
  'cant(?:a|ano|are|ando|ante|anti|ato)',
  'canzon[ei]',
  'testi',
  'cor[oi]',
].join('|');

const LINKS = 'and|or|with|of|while|und|oder|mit|e|o|con|di';
const speech = new RegExp(`(?<![\\p{L}\\p{N}])(?:${SPEECH})(?![\\p{L}\\p{N}])`, 'giu');
const doubleLink = new RegExp(`(?<![\\p{L}\\p{N}])(?:${LINKS})\\s+(?=(?:${LINKS})(?![\\p{L}\\p{N}]))`, 'giu');
const danglingLink = new RegExp(`(?<![\\p{L}\\p{N}])(?:${LINKS})\\s*(?=[.,;:!?]|$)`, 'giu');

/**
 * Text without the words for speech and singing, and without the "and" or "with" that would be left hanging. Text that
 * has none comes back as it is.
 */
export function withoutSpeech(text: string): string {
  const stripped = text.replace(speech, ' ');
  if (stripped === text) return text;
  return stripped.replace(/\s+/gu, ' ').replace(doubleLink, '').replace(danglingLink, '');
}
