/** What a file picker offers as a sound. */
export const SOUND_TYPES = 'audio/*,.wav,.mp3,.m4a,.aac,.flac,.ogg,.oga,.opus,.aif,.aiff,.wma,.caf';

const EXTENSIONS = /\.(wav|mp3|m4a|aac|flac|ogg|oga|opus|aiff?|wma|caf)$/i;

/** Whether a file is a sound, by its type or else its name. */
export function isSoundFile({ type, name }: Pick<File, 'type' | 'name'>): boolean {
  if (type.startsWith('audio/')) return true;
  return (type === '' || type === 'application/ogg' || type === 'video/ogg') && EXTENSIONS.test(name);
}
