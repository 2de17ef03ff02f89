import type { BlobName } from '#lib/job/blob-name.ts';
import { createJob, type Job } from '#lib/job/job.ts';
import type { Marker } from '#lib/job/marker.ts';
import { defaultOptions, type Options } from '#lib/job/options.ts';
import type { TakeMarks } from './take-marks.ts';

/** A job of a project on a generation server: it goes on there when the page is closed. */
export interface RemoteWork {
  /** The job's id. Whoever knows it may follow and cancel it. */
  job: string;
  /** The server's origin. */
  origin: string;
  /** The options of the job; with the same inputs they give the same request again. */
  options: Options;
}

/** A user's project: the document, and the options of the next run. */
export interface Project {
  id: string;
  title: string;
  createdAt: string;
  updatedAt: string;
  job: Job;
  options: Options;
  /** The best frame, for the list of projects. */
  poster: BlobName | null;
  /** When the user deleted it; until the next start it can be restored. */
  deletedAt: string | null;
  /** The job that is running on a server. */
  remote: RemoteWork | null;
  /** What the user has agreed to send where, such as `generate https://gpu.example.org`. */
  agreed: readonly string[];
  /** The user's names, stars and removals of takes. */
  takeMarks: TakeMarks;
  /** In the order of time. */
  markers: readonly Marker[];
}

/** An item of the list of projects. */
export interface ProjectSummary {
  id: string;
  title: string;
  updatedAt: string;
  poster: BlobName | null;
  /** Length of the video; null for a picture. */
  durationSeconds: number | null;
  /** All blobs of the project. */
  blobs: ReadonlySet<string>;
  /** Why it can't be opened, in a sentence; null when it can. */
  damage: string | null;
}

/** A new project without a source. */
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
    takeMarks: {},
    markers: [],
  };
}

/** A copy with another title and id. */
export function copyProject(project: Project, title: string): Project {
  const { id, createdAt } = createJob();
  const fresh = { id, title, createdAt, updatedAt: createdAt, deletedAt: null, remote: null };
  return { ...structuredClone(project), ...fresh, job: { ...project.job, id } };
}
