import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type Page } from 'playwright';
import type { Options } from '#lib/job/options.ts';
import { freePath, type OutputPaths } from './output-paths.ts';
import type { Progress } from './progress-line.ts';

const POLL_MILLISECONDS = 200;
/** Longer than any step is silent; a batch must not wait for ever. */
const PATIENCE_MILLISECONDS = 600_000;
const STEMS = ['music', 'effects', 'mix'];

/** The app refused a file, or its page died. The name is the app's own. */
export class JobError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

interface State extends Progress {
  state: 'idle' | 'running' | 'done' | 'error';
  error: { name: string; message: string } | null;
}

/** The app's page for whole jobs in a headless browser with a profile of its own, which keeps big files on disk. */
export class JobPage {
  #context: BrowserContext;
  #profile: string;
  #page: Page;
  #crashed = Promise.withResolvers<never>();

  private constructor(context: BrowserContext, profile: string, page: Page) {
    this.#context = context;
    this.#profile = profile;
    this.#page = page;
    this.#crashed.promise.catch(() => undefined);
    const onEnd = () =>
      this.#crashed.reject(
        new JobError('BrowserDiedError', 'The browser stopped by itself; was the memory full?'),
      );
    page.once('crash', onEnd);
    context.once('close', onEnd);
  }

  /** Opens the page of the app at an address in a browser. */
  static async open(appUrl: string, browserPath: string): Promise<JobPage> {
    const profile = mkdtempSync(join(tmpdir(), 'immersivaudio-'));
    const context = await chromium.launchPersistentContext(profile, { executablePath: browserPath });
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${appUrl}/bench/job`);
    return new JobPage(context, profile, page);
  }

  /**
   * Runs the whole job on a file of this machine and saves the results.
   * @returns Where the film lies.
   * @throws JobError when the app refuses.
   */
  async run(
    file: string,
    options: Options,
    paths: OutputPaths,
    onProgress: (now: Progress) => void,
  ): Promise<string> {
    return Promise.race([this.#run(file, options, paths, onProgress), this.#crashed.promise]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #run(
    file: string,
    options: Options,
    paths: OutputPaths,
    onProgress: (now: Progress) => void,
  ): Promise<string> {
    const page = this.#page;
    await page.locator('#file').setInputFiles(file);
    await page.locator('#options').fill(JSON.stringify(options));
    await page.locator('#run').click();
    await this.#untilDone(onProgress);
    await page.locator('#film').waitFor({ state: 'attached' });
    const film = await this.#save('film', (name) => paths.film ?? freePath(join(paths.filmFolder, name)));
    if (paths.stems) {
      for (const stem of STEMS) {
        if (await page.locator(`#${stem}`).count())
          await this.#save(stem, () => join(paths.stems!, `${stem}.wav`));
      }
    }
    if (paths.json) {
      mkdirSync(dirname(paths.json), { recursive: true });
      writeFileSync(paths.json, `${await page.locator('#job').textContent()}\n`);
    }
    return film;
  }

  async #untilDone(onProgress: (now: Progress) => void): Promise<void> {
    let last = '';
    let changedAt = Date.now();
    for (;;) {
      const text = (await this.#page.locator('#state').textContent()) ?? '';
      const { state, error, step, fraction } = JSON.parse(text) as State;
      if (state === 'done') return;
      if (state === 'error') {
        throw new JobError(error?.name ?? 'Error', error?.message ?? 'The app gave no reason.');
      }
      onProgress({ step, fraction });
      if (text !== last) changedAt = Date.now();
      if (Date.now() - changedAt > PATIENCE_MILLISECONDS) {
        throw new JobError('StalledError', `Nothing moved for ten minutes in the step "${step}".`);
      }
      last = text;
      await sleep(POLL_MILLISECONDS);
    }
  }

  /** The browser writes the file itself, so that it never has to fit into memory. */
  async #save(id: string, toPath: (suggestedName: string) => string): Promise<string> {
    const downloading = this.#page.waitForEvent('download', { timeout: 0 });
    await this.#page.locator(`#${id}`).evaluate((link: HTMLAnchorElement) => link.click());
    const download = await downloading;
    const path = toPath(download.suggestedFilename());
    await download.saveAs(path);
    await download.delete();
    return path;
  }
}
