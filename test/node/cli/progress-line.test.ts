import { expect, test } from 'vitest';
import { ProgressLine } from '../../../cli/progress-line.ts';

function makeStream(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, columns: 60, write: (text: string) => written.push(text) > 0 };
}

test('a terminal shows a bar that is drawn over itself and taken away', () => {
  const stream = makeStream(true);
  const line = new ProgressLine(stream, 'clip.mp4');
  line.show({ step: 'frames', fraction: 0.5 });
  line.clear();
  expect(stream.written[0]).toContain('████████████░░░░░░░░░░░░  50 %  frames');
  expect(stream.written.every((text) => text.startsWith('\r') && text.endsWith('\u001b[K'))).toBe(true);
  expect(stream.written.at(-1)).toBe('\r\u001b[K');
});

test('a bar never breaks into a second line of the terminal', () => {
  const stream = makeStream(true);
  new ProgressLine(stream, 'a very long name of a clip from the holidays.mp4').show({
    step: 'film',
    fraction: 1,
  });
  expect(stream.written[0]!.replace('\r', '').replace('\u001b[K', '')).toHaveLength(59);
});

test('elsewhere there is one line per step, also of steps that report in turn', () => {
  const stream = makeStream(false);
  const line = new ProgressLine(stream, 'clip.mp4');
  for (const fraction of [0, 0.5, 1]) line.show({ step: 'frames', fraction });
  line.show({ step: 'film', fraction: 0 });
  line.show({ step: 'frames', fraction: 1 });
  line.clear();
  expect(stream.written).toEqual(['clip.mp4: frames\n', 'clip.mp4: film\n']);
});
