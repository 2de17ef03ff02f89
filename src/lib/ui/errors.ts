import { m } from '#lib/paraglide/messages.js';
import { language } from './language.svelte.ts';

/** What kind of trouble an error's name stands for: the names that have a title. */
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

/** Errors whose one sentence says as much in general as in particular, so that it can be said in any language. */
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
] as const;

/** What a failure says below its title, and in which language that is where it isn't the page's. */
export interface ErrorText {
  text: string;
  lang?: 'en';
}

/** A friendly title for a refusal, in a few words; any name that is not known gets a general one. */
export function errorTitle(name: string): string {
  const known = TITLED.find((one) => one === name);
  return known ? m.error_titles({ name: known }) : m.error_title();
}

/** The sentence below the title: the error's own in English, else a general one by name where there is one. */
export function errorText({ name, message }: { name: string; message: string }): ErrorText {
  if (language() === 'en') return { text: message };
  const known = GENERAL.find((one) => one === name);
  return known ? { text: m.error_sentences({ name: known }) } : { text: message, lang: 'en' };
}
