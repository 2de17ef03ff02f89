import { defaultOptions, type AllOptions } from '#lib/job/entry.ts';
import { createJob, type Job } from '#lib/job/job.ts';
import type { BlobName } from '#lib/job/blob-name.ts';

/** A job of a project at a generation server: it goes on there when the page is closed. */
export interface RemoteWork {
  /** The job's id. Whoever knows it may follow and cancel it. */
  job: string;
  /** Where the server is. */
  origin: string;
  /** The wishes behind it; with what they read they give the same request again. */
  options: AllOptions;
}

/** One piece of work that the user comes back to: the document, and the wishes that shape its next run. */
export interface Project {
  id: string;
  title: string;
  createdAt: string;
  updatedAt: string;
  job: Job;
  options: AllOptions;
  /** The best frame, for the list of projects. */
  poster: BlobName | null;
  /** When the user deleted it; it can be brought back until the next start. */
  deletedAt: string | null;
  /** What is under way at a server. */
  remote?: RemoteWork | null;
  /** What the user has agreed to send, and where: such as `generate https://gpu.example.org`. */
  agreed?: readonly string[];
}

/** A fresh project without a source. */
export function createProject(title: string): Project {
  const job = createJob();
  return {
    id: job.id,
    title,
    createdAt: job.createdAt,
    updatedAt: job.createdAt,
    job,
    options: defaultOptions(),
    poster: null,
    deletedAt: null,
  };
}

/** The same work under another name and identity. */
export function copyProject(project: Project, title: string): Project {
  const { id, createdAt } = createJob();
  return {
    ...structuredClone(project),
    id,
    title,
    createdAt,
    updatedAt: createdAt,
    job: { ...project.job, id },
    remote: null,
  };
}
