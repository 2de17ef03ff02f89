import * as v from 'valibot';
import { BlobNameSchema, type BlobName } from '#lib/job/blob-name.ts';
import { blobNames, findEntry } from '#lib/job/job.ts';
import { readJob } from '#lib/job/migrate.ts';
import { readOptions } from '#lib/job/options.ts';
import { MarkersSchema } from '#lib/job/marker.ts';
import { hasBlob, readBlob } from '#lib/worker/blob-store.ts';
import { makeTar, readTar } from './tar.ts';
import type { Project } from './project.ts';
import { TakeMarksSchema } from './take-marks.ts';

/** The extension of project files. */
const PROJECT_FILE_EXTENSION = '.immersivaudio';
export const PROJECT_FILE_TYPE = 'application/x-immersivaudio';

const DOCUMENT = 'project.json';
const BLOB_FOLDER = 'blobs/';
/** A document with hundreds of takes has about one megabyte. */
const MAX_DOCUMENT_BYTES = 32 << 20;
/** Imported blobs are served under the app's own origin, so none of them may be a page. */
const MEDIA_TYPE = /^(?:video|audio|image)\/[\w.+-]+$|^application\/(?:octet-stream|ogg|x-matroska|mp4)$/;

const DocumentSchema = v.object({
  format: v.literal('immersivaudio-project'),
  version: v.picklist([1, 2]),
  title: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  updatedAt: v.pipe(v.string(), v.isoTimestamp()),
  poster: v.nullable(BlobNameSchema),
  /** Of any schema; `readOptions` validates them. */
  options: v.record(v.string(), v.unknown()),
  job: v.unknown(),
  takeMarks: v.optional(TakeMarksSchema, {}),
  markers: v.optional(MarkersSchema, []),
});

/** The file is no project, or is not safe to open. The message says why. */
export class ProjectFileError extends Error {
  override name = 'ProjectFileError';
}

/** A project from a file, and its blobs, which are not verified yet. */
export interface ReadProject {
  project: Project;
  blobs: { name: BlobName; content: Blob }[];
}

/**
 * A project with all its bytes as one file: a tar archive of `project.json` and `blobs/<name>`.
 * It consists of references to the stored blobs, so it takes no memory; missing blobs are left out, and so is the history
 * of edits.
 * @throws BlobMissingError when the source itself is missing.
 */
export async function exportProject(project: Project): Promise<Blob> {
  const source = findEntry(project.job, 'source')?.output.blob;
  const { title, createdAt, updatedAt, poster, options, job, takeMarks, markers } = project;
  const document = {
    format: 'immersivaudio-project',
    version: 2,
    title,
    createdAt,
    updatedAt,
    poster,
    options,
    job,
    takeMarks,
    markers,
  };
  const names = [...blobNames({ poster, options, job })] as BlobName[];
  const files = [];
  for (const name of names) {
    if (name !== source && !(await hasBlob(name))) continue;
    files.push({ name: `${BLOB_FOLDER}${name}`, content: await readBlob(name) });
  }
  const content = new Blob([JSON.stringify(document)]);
  return new Blob([makeTar([{ name: DOCUMENT, content }, ...files])], { type: PROJECT_FILE_TYPE });
}

/** Whether a file is a project file, by its name. */
export function isProjectFile(file: File): boolean {
  return file.name.toLowerCase().endsWith(PROJECT_FILE_EXTENSION);
}

/**
 * Reads a project file and validates everything but the content of its blobs, which `keepBlobs` checks while it stores
 * them. The project gets a new id, so that it never replaces another one.
 * @throws ProjectFileError, ArchiveError or JobDocumentError saying what is wrong.
 */
export async function readProjectFile(file: Blob): Promise<ReadProject> {
  const [first, ...rest] = await readTar(file);
  if (first?.name !== DOCUMENT)
    throw new ProjectFileError(`A project file begins with ${DOCUMENT}; this one doesn't.`);
  if (first.content.size > MAX_DOCUMENT_BYTES)
    throw new ProjectFileError('The project document in this file is too large to be one.');
  const project = await readDocument(await first.content.text());
  const wanted = blobNames({ poster: project.poster, options: project.options, job: project.job });
  const blobs = rest.map(({ name, content }) => {
    const blob = name.slice(BLOB_FOLDER.length);
    if (!name.startsWith(BLOB_FOLDER) || !wanted.has(blob))
      throw new ProjectFileError(`The file holds "${name}", which doesn't belong to its project.`);
    return { name: blob, content };
  });
  const source = findEntry(project.job, 'source')!.output;
  const original = blobs.find(({ name }) => name === source.blob);
  if (!original) throw new ProjectFileError('The video or picture of this project is missing from the file.');
  if (original.content.size !== source.bytes || source.blob !== `md5-${source.md5}`)
    throw new ProjectFileError('The video or picture in this file is not the one that its project tells of.');
  return { project, blobs };
}

async function readDocument(text: string): Promise<Project> {
  const result = v.safeParse(DocumentSchema, parse(text));
  if (!result.success) {
    const [issue] = result.issues;
    throw new ProjectFileError(
      `This project file can't be read: at "${v.getDotPath(issue) ?? ''}" ${issue.message}.`,
    );
  }
  const { title, createdAt, updatedAt, poster, options, job, takeMarks, markers } = result.output;
  const id = crypto.randomUUID();
  const project: Project = {
    ...{ id, title, createdAt, updatedAt, poster, deletedAt: null, remote: null, agreed: [] },
    ...{ takeMarks, markers },
    options: checkedOptions(options),
    job: { ...(await readJob(job)), id },
  };
  if (!findEntry(project.job, 'source'))
    throw new ProjectFileError('The project in this file has no video and no picture.');
  const stranger = project.job.entries.find(
    ({ step, output }) => (step === 'source' || step === 'film') && !MEDIA_TYPE.test(output.mimeType),
  );
  if (stranger)
    throw new ProjectFileError(
      'The project in this file holds something that is no video, picture or sound.',
    );
  return project;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProjectFileError('The project document in this file is damaged.');
  }
}

function checkedOptions(options: unknown): Project['options'] {
  try {
    return readOptions(options);
  } catch (error) {
    throw new ProjectFileError(`This project file can't be read. ${(error as Error).message}`);
  }
}
