import { m } from '#lib/paraglide/messages.js';
import { language } from './language.svelte.ts';

/** Names of errors that have a title. */
const TITLED = [
  'ProjectDatabaseError',
  'OtherSourceError',
  'BrowserError',
  'SourceError',
  'PictureUnreadableError',
  'FramesError',
  'FilmError',
  'FfmpegError',
  'StorageFullError',
  'BlobMissingError',
  'JobDocumentError',
  'WorkerCrashedError',
  'WavError',
  'ModelError',
  'WeightsError',
  'WeightsNotFoundError',
  'WeightsUnreachableError',
  'WeightsCorruptError',
  'ProjectFileError',
  'ArchiveError',
  'WrongContentError',
  'StorageRefusedError',
  'WebpError',
  'ServerUnreachableError',
  'ServerTokenError',
  'RemoteJobError',
  'ShareError',
  'TypeError',
] as const;

/** Errors with a general sentence in every language, which is as good as their own. */
const GENERAL = [
  'StorageFullError',
  'ProjectDatabaseError',
  'OtherSourceError',
  'BrowserError',
  'JobDocumentError',
  'BlobMissingError',
  'WorkerCrashedError',
  'PictureUnreadableError',
  'FramesError',
  'ProjectFileError',
  'ArchiveError',
  'WrongContentError',
  'StorageRefusedError',
  'WebpError',
  'ServerUnreachableError',
  'ServerTokenError',
  'ModelError',
  'WeightsNotFoundError',
  'WeightsUnreachableError',
  'WeightsCorruptError',
] as const;

/** The text of a failure, and its language if that isn't the page's. */
export interface ErrorText {
  text: string;
  lang?: 'en';
}

/** The title of a failure; unknown names get a general one. */
export function errorTitle(name: string): string {
  const known = TITLED.find((one) => one === name);
  return known ? m.error_titles({ name: known }) : m.error_title();
}

/** The text below the title: a general one for the name if there is one, else the error's own in English. */
export function errorText({ name, message }: { name: string; message: string }): ErrorText {
  if (language() === 'en') return { text: message };
  const known = GENERAL.find((one) => one === name);
  return known ? { text: m.error_sentences({ name: known }) } : { text: message, lang: 'en' };
}
