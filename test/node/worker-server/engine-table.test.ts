import { expect, test, vi } from 'vitest';
import { chooseEngines } from '../../../worker-server/engine-table.ts';
import { openLog } from '../../../worker-server/log.ts';
import { testSettings } from '../../fixtures/server/test-settings.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const choose = (ENGINE: string) =>
  chooseEngines({ settings: testSettings({ ENGINE }), log: openLog('silent') });

test('an engine is chosen by name', async () => {
  for (const name of ['synth', 'audioldm2']) {
    const [engine] = await choose(name);
    await using chosen = engine!;
    expect(chosen.about().name).toBe(name);
  }
});

test('auto always finds an engine', async () => {
  const [engine] = await choose('auto');
  await using chosen = engine!;
  expect(['audioldm2', 'synth']).toContain(chosen.about().name);
});

test('an unknown name is refused with the list of engines', async () => {
  await expect(choose('harp')).rejects.toThrow(/^ENGINE must be auto or one of .*synth.*, not "harp"\.$/);
});
