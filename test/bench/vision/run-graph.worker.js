/** Runs one graph with onnxruntime-web alone and answers with its times: what the app's own work adds shows beside. */
const MOST_MILLISECONDS = 30_000;

self.addEventListener('message', async ({ data: wish }) => {
  const { device, threads, model, input, dims, output, rounds } = wish;
  const ort = await import(new URL('/runtime/ort.webgpu.min.mjs', self.location.href).href);
  const glue = `/runtime/ort-wasm-simd-threaded${device === 'webgpu' ? '.asyncify' : ''}`;
  ort.env.wasm.wasmPaths = { mjs: `${glue}.mjs`, wasm: `${glue}.wasm` };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  const read = async (url) => (await fetch(url)).arrayBuffer();
  const bytes = new Uint8Array(await read(model));
  const data = new Float32Array(await read(input));
  const began = performance.now();
  const session = await ort.InferenceSession.create(bytes, { executionProviders: [device] });
  const opened = performance.now() - began;
  const runs = [];
  let numbers = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    const feeds = { [session.inputNames[0]]: new ort.Tensor('float32', data, dims) };
    const wanted = output ?? session.outputNames[0];
    const results = await session.run(feeds, [wanted]);
    numbers = await results[wanted].getData();
    runs.push(performance.now() - start);
    if (round > 0 && performance.now() - began > MOST_MILLISECONDS) break;
  }
  self.postMessage({ opened, first: runs[0], runs: runs.slice(1), output: [...numbers] });
});
