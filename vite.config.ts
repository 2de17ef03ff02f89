import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { browserIfAny } from './cli/find-browser.ts';
import { MESSAGE_OPTIONS } from './cli/message-options.ts';

/** Isolation gives SharedArrayBuffer, hence WASM threads; worker-server sends the same two headers. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Vite's own setting of headers leaves out the pages that Kit makes. */
const isolatedPages: Plugin = {
  name: 'isolated-pages',
  configureServer({ middlewares }) {
    middlewares.use((_, response, next) => {
      for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
      next();
    });
  },
};

/**
 * Where a server of ours runs (`npm run dev` starts one), and what it answers instead of Vite. The name that a page
 * called by is left as it is: to the server such a page is one of its own, and its checks stay as strict as they are.
 */
const server = process.env['SERVER_URL'];
const answered = ['^/api/', '^/ws$', '^/(s|embed)/', '^/(healthz|metrics)$'];
const proxy = server
  ? Object.fromEntries(answered.map((path) => [path, { target: server, ws: true }]))
  : undefined;

/** Real clips for tests that are skipped where they are absent. */
const media = resolve(process.env['IMMERSIVAUDIO_MEDIA'] ?? '../shared/media');

/** Real weights, likewise. */
const models = resolve(process.env['IMMERSIVAUDIO_MODELS'] ?? '../shared/models');

/** Writes src/lib/paraglide and follows changes of src/messages/. A test run doesn't: `npm test` writes it once beforehand. */
const messages = process.env['VITEST'] ? null : paraglideVitePlugin(MESSAGE_OPTIONS);

/** For a build each message is a module of its own, so that the first screen loads only the messages that it shows. */
const BUILT_MESSAGES = '.svelte-kit/paraglide';
const builtMessages = paraglideVitePlugin({
  ...MESSAGE_OPTIONS,
  outdir: BUILT_MESSAGES,
  outputStructure: 'message-modules',
});

/** Messages that several pages or dialogs show: those of the first screen are apart from those of the others. */
const sharedMessages = {
  name: 'messages',
  minShareCount: 2,
  entriesAware: true,
  entriesAwareMergeThreshold: 100_000,
  priority: 1,
  test: /\.svelte-kit\/paraglide\//,
};

/** Modules of the app and its small libraries that more than one page, or a dialog, asks for. */
const shared = {
  name: 'shared',
  minShareCount: 2,
  test: /src\/lib\/|node_modules\/(svelte|esm-env|clsx|@sveltejs|valibot|comlink|idb)\//,
};

export default defineConfig(({ command }): ViteUserConfig => ({
  plugins: [command === 'build' ? builtMessages : messages, isolatedPages, sveltekit()],
  resolve: { alias: command === 'build' ? { '#lib/paraglide': resolve(BUILT_MESSAGES) } : {} },
  // One file per worker: the service worker keeps those for use without a network, and can't know of further parts.
  worker: { format: 'es', rolldownOptions: { output: { codeSplitting: false } } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    // Dozens of small files wait for one another on a slow line: what several pages share is one file.
    rolldownOptions: { output: { codeSplitting: { groups: [sharedMessages, shared] } } },
  },
  server: { headers: isolation, proxy },
  preview: { headers: isolation },
  optimizeDeps: {
    // Found in the middle of a test run, a dependency reloads every page.
    include: ['wavesurfer.js', 'axe-core', 'uqr', 'tus-js-client'],
    exclude: ['@ffmpeg/ffmpeg', '@ffmpeg/core', 'onnxruntime-web', '@xenova/transformers'],
  },
  test: {
    expect: { requireAssertions: true },
    projects: [
      {
        extends: true,
        // Whole journeys through the built app: one after the other, since they build it first.
        test: {
          name: 'journeys',
          environment: 'node',
          include: ['test/journeys/**/*.test.ts'],
          globalSetup: ['test/fixtures/journey-site.ts'],
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: { name: 'node', environment: 'node', include: ['test/node/**/*.test.ts'] },
      },
      {
        extends: true,
        resolve: { conditions: ['browser'] },
        server: { fs: { allow: ['.', media, models] } },
        test: {
          name: 'browser',
          provide: {
            mediaFolder: existsSync(media) ? media : null,
            modelsFolder: existsSync(models) ? models : null,
          },
          globalSetup: [
            'test/fixtures/need-browser.ts',
            'test/fixtures/models/weights-server.ts',
            'test/fixtures/server/sound-server.ts',
          ],
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                // Without one these tests end at `need-browser.ts`; all others go on.
                executablePath: browserIfAny() ?? undefined,
                args: [
                  '--no-sandbox',
                  '--enable-unsafe-webgpu',
                  '--disable-background-networking',
                  '--autoplay-policy=no-user-gesture-required',
                  '--use-fake-device-for-media-stream',
                  '--use-fake-ui-for-media-stream',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
}));
