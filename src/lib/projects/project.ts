import type { BlobName } from '#lib/job/blob-name.ts';
import { createJob, type Job } from '#lib/job/job.ts';
import { defaultOptions, type Options } from '#lib/job/options.ts';

/** A job of a project at a generation server: it goes on there when the page is closed. */
export interface RemoteWork {
  /** The job's id. Whoever knows it may follow and cancel it. */
  job: string;
  /** Where the server is. */
  origin: string;
  /** The options behind it; with what they read they give the same request again. */
  options: Options;
}

/** One piece of work that the user comes back to: the document, and the options of its next run. */
export interface Project {
  id: string;
  title: string;
  createdAt: string;
  updatedAt: string;
  job: Job;
  options: Options;
  /** The best frame, for the list of projects. */
  poster: BlobName | null;
  /** When the user deleted it; it can be brought back until the next start. */
  deletedAt: string | null;
  /** What is under way at a server. */
  remote: RemoteWork | null;
  /** What the user has agreed to send, and where: such as `generate https://gpu.example.org`. */
  agreed: readonly string[];
}

/** What the list of projects shows. */
export interface ProjectSummary {
  id: string;
  title: string;
  updatedAt: string;
  poster: BlobName | null;
  /** Length of the video; null for a picture. */
  durationSeconds: number | null;
  /** Every blob that the project names. */
  blobs: ReadonlySet<string>;
  /** Why it can't be opened, in a sentence; null when it can. */
  damage: string | null;
}

/** A fresh project without a source. */
export function createProject(title: string, options = defaultOptions()): Project {
  const job = createJob();
  return {
    id: job.id,
    title,
    createdAt: job.createdAt,
    updatedAt: job.createdAt,
    job,
    options,
    poster: null,
    deletedAt: null,
    remote: null,
    agreed: [],
  };
}

/** The same work under another name and identity. */
export function copyProject(project: Project, title: string): Project {
  const { id, createdAt } = createJob();
  const fresh = { id, title, createdAt, updatedAt: createdAt, deletedAt: null, remote: null };
  return { ...structuredClone(project), ...fresh, job: { ...project.job, id } };
}
