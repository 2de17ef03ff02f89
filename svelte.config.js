import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: adapter({ fallback: 'app.html' }),
    // Styles come with the page itself: on a slow line each file that the first paint waits for costs a round trip.
    inlineStyleThreshold: 1 << 15,
    // The hashes of Kit's inline start script; the server sends the rest of the policy as a header.
    csp: { mode: 'hash', directives: { 'script-src': ['self', 'wasm-unsafe-eval'] } },
    typescript: {
      config: (config) => ({
        ...config,
        include: [
          ...config.include,
          '../cli/**/*.ts',
          '../worker-server/**/*.ts',
          '../test/**/*.ts',
          '../vite.config.ts',
        ],
      }),
    },
  },
};
