import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { Job } from '#lib/job/job.ts';
import type { JobPageRequest, JobProgress, ResultFile } from '#lib/protocol/job-page-api.ts';

/** Longer than any step is silent; a batch must not wait for ever. */
const PATIENCE_MILLISECONDS = 600_000;

/** The app refused a file, or its page died. The name is the app's own. */
export class JobError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** The app's page for jobs in a headless browser with a profile of its own, which keeps big files on disk. */
export class JobPage {
  readonly #context: BrowserContext;
  readonly #profile: string;
  readonly #page: Page;
  /** Rejects when the browser ends or nothing moves any more. */
  readonly #ended = Promise.withResolvers<never>();
  readonly #onProgress: (progress: JobProgress) => void;
  #patience: NodeJS.Timeout | undefined;

  private constructor(
    context: BrowserContext,
    profile: string,
    page: Page,
    onProgress: (progress: JobProgress) => void,
  ) {
    this.#context = context;
    this.#profile = profile;
    this.#page = page;
    this.#onProgress = onProgress;
    this.#ended.promise.catch(() => undefined);
    const onEnd = () =>
      this.#ended.reject(
        new JobError('BrowserDiedError', 'The browser stopped by itself; was the memory full?'),
      );
    page.once('crash', onEnd);
    context.once('close', onEnd);
  }

  /** Opens the page of the app at an address in a browser. */
  static async open(
    appUrl: string,
    browserPath: string,
    onProgress: (progress: JobProgress) => void,
  ): Promise<JobPage> {
    const profile = mkdtempSync(join(tmpdir(), 'immersivaudio-'));
    const context = await chromium.launchPersistentContext(profile, { executablePath: browserPath });
    const page = context.pages()[0] ?? (await context.newPage());
    const opened = new JobPage(context, profile, page, onProgress);
    try {
      await page.exposeFunction('immersivaudioProgress', (progress: JobProgress) => opened.#note(progress));
      await page.goto(`${appUrl}/bench/job`);
      await page.waitForFunction(() => globalThis.immersivaudio !== undefined);
      return opened;
    } catch (error) {
      await opened[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Runs a job, on a file of this machine where one is given.
   * @returns The document, and which of the files asked for were made.
   * @throws JobError when the app refuses.
   */
  async run(
    file: string | null,
    request: JobPageRequest,
  ): Promise<{ job: Job; files: readonly ResultFile[] }> {
    const page = this.#page;
    const run = async () => {
      const input = await page.evaluateHandle(() => globalThis.immersivaudio!.fileInput);
      if (file) await input.setInputFiles(file);
      return page.evaluate((asked) => globalThis.immersivaudio!.run(asked), request);
    };
    this.#wait(null);
    try {
      const answer = await Promise.race([run(), this.#ended.promise]);
      if ('failure' in answer) throw new JobError(answer.failure.name, answer.failure.message);
      return answer;
    } finally {
      clearTimeout(this.#patience);
    }
  }

  /**
   * Saves a file that the last job made. The browser writes it, so that it never has to fit into memory.
   * @param toPath Gives the path, from the name that the file brings along.
   * @returns The path.
   */
  async save(file: ResultFile, toPath: (suggestedName: string) => string): Promise<string> {
    const downloading = this.#page.waitForEvent('download', { timeout: 0 });
    await this.#page.evaluate((name) => globalThis.immersivaudio!.download(name), file);
    const download = await Promise.race([downloading, this.#ended.promise]);
    const path = toPath(download.suggestedFilename());
    await download.saveAs(path);
    await download.delete();
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #note(progress: JobProgress): void {
    this.#wait(progress.step);
    this.#onProgress(progress);
  }

  #wait(step: string | null): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      const place = step ? ` in the step "${step}"` : '';
      this.#ended.reject(new JobError('StalledError', `Nothing moved for ten minutes${place}.`));
    }, PATIENCE_MILLISECONDS).unref();
  }
}
