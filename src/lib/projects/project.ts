import { defaultOptions, type AllOptions } from '#lib/job/entry.ts';
import { createJob, type Job } from '#lib/job/job.ts';
import type { BlobName } from '#lib/job/blob-name.ts';

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
  };
}
