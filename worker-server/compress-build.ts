/** Program that writes .br and .gz versions of all compressible files in build/. Run it after `vite build`. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const COMPRESSIBLE = ['.html', '.js', '.mjs', '.css', '.json', '.svg', '.wasm', '.webmanifest', '.txt'];
/** Above this size the best brotli quality takes minutes and saves little. */
const LARGE_BYTES = 1 << 20;

const files = readdirSync('build', { recursive: true, encoding: 'utf8' })
  .map((name) => join('build', name))
  .filter((path) => COMPRESSIBLE.includes(extname(path)) && statSync(path).isFile());

for (const path of files) {
  if (existsSync(`${path}.br`)) continue;
  const content = readFileSync(path);
  const quality = content.length > LARGE_BYTES ? 8 : 11;
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
  );
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 8 }));
}
