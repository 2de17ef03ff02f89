import { describe, expect, test } from 'vitest';
import { overlap, suppress, type Detection } from '#lib/steps/objects/detection.ts';
import { chooseHead, type OutputShape } from '#lib/steps/objects/heads/head.ts';
import { letterbox, writePlanes } from '#lib/steps/objects/letterbox.ts';
import { toBox } from '#lib/steps/objects/to-box.ts';

const INPUT = { width: 64, height: 64 };

function box(left: number, top: number, right: number, bottom: number, score = 1, classIndex = 0): Detection {
  return { left, top, right, bottom, score, classIndex };
}

function tensor(dims: number[], fill: (index: number[]) => number) {
  const data = new Float32Array(dims.reduce((a, b) => a * b, 1));
  for (let at = 0; at < data.length; at++) {
    let rest = at;
    const index = dims.map(() => 0);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = rest % dims[axis]!;
      rest = Math.floor(rest / dims[axis]!);
    }
    data[at] = fill(index);
  }
  return { dims, data };
}

describe('suppression', () => {
  test('of two overlapping boxes of one class, the one with the higher score stays', () => {
    const kept = suppress([box(0, 0, 10, 10, 0.5), box(1, 0, 11, 10, 0.9), box(30, 0, 40, 10, 0.4)]);
    expect(kept.map((one) => one.score)).toEqual([0.9, 0.4]);
  });

  test('boxes of two classes in one place both stay', () => {
    expect(suppress([box(0, 0, 10, 10, 0.5, 1), box(0, 0, 10, 10, 0.9, 2)])).toHaveLength(2);
  });

  test('overlap is shared area over united area', () => {
    expect(overlap(box(0, 0, 10, 10), box(5, 0, 15, 10))).toBeCloseTo(1 / 3);
    expect(overlap(box(0, 0, 10, 10), box(10, 0, 20, 10))).toBe(0);
  });
});

describe('the head is chosen by the outputs, and', () => {
  test('boxes that the graph has already suppressed are unchanged', () => {
    const head = chooseHead([{ name: 'outputs', shape: ['N', 6] }]);
    const outputs = {
      outputs: { dims: [2, 6], data: new Float32Array([1, 2, 3, 4, 0.3, 7, 5, 6, 7, 8, 0.8, 2]) },
    };
    expect(head.name).toBe('boxes');
    expect(head.read(outputs, 0, INPUT, 0.25).map((one) => one.classIndex)).toEqual([2, 7]);
    expect(head.read(outputs, 0, INPUT, 0.5)).toHaveLength(1);
  });

  test('columns of centres and class probabilities give boxes, for each picture of a batch', () => {
    const head = chooseHead([{ name: 'output0', shape: ['batch', 7, 'anchors'] }]);
    const rows = [20, 30, 8, 4];
    const output0 = tensor([2, 7, 5], ([picture, row, anchor]) => {
      if (anchor !== 2) return 0;
      return row! < 4 ? rows[row!]! + picture! : row === 6 ? 0.9 : 0.1;
    });
    const [found] = head.read({ output0 }, 1, INPUT, 0.25);
    expect(head.name).toBe('columns');
    expect(found).toMatchObject({ left: 16.5, right: 25.5, top: 28.5, bottom: 33.5, classIndex: 2 });
    expect(found?.score).toBeCloseTo(0.9);
  });

  test('grids of three strides give boxes around their cells', () => {
    const shapes: OutputShape[] = [8, 4, 2].flatMap((cells, scale) => [
      { name: `class${scale}`, shape: ['batch', 3, cells, cells] },
      { name: `anchor${scale}`, shape: ['batch', 16, 4, cells, cells] },
      { name: `box${scale}`, shape: ['batch', 4, cells, cells] },
    ]);
    const outputs = Object.fromEntries(
      [8, 4, 2].flatMap((cells, scale) => [
        [
          `class${scale}`,
          tensor([1, 3, cells, cells], ([, c, y, x]) =>
            scale === 1 && c === 1 && y === 2 && x === 1 ? 2 : -9,
          ),
        ],
        [`box${scale}`, tensor([1, 4, cells, cells], ([, side]) => [0.5, 1, 1.5, 1][side!]!)],
      ]),
    );
    const head = chooseHead(shapes);
    const found = head.read(outputs, 0, INPUT, 0.25);
    expect(head.name).toBe('strides');
    expect(found).toHaveLength(1);
    // Stride 16, cell (1, 2): the centre is (24, 40).
    expect(found[0]).toMatchObject({ left: 16, top: 24, right: 48, bottom: 56, classIndex: 1 });
    expect(found[0]!.score).toBeCloseTo(1 / (1 + Math.exp(-2)));
  });

  test('queries give boxes in fractions of the whole picture', () => {
    const head = chooseHead([
      { name: 'logits', shape: ['batch', 2, 3] },
      { name: 'pred_boxes', shape: ['batch', 2, 4] },
    ]);
    const logits = { dims: [1, 2, 3], data: new Float32Array([-9, -9, -9, -9, 3, -9]) };
    const boxes = { dims: [1, 2, 4], data: new Float32Array([0, 0, 0, 0, 0.5, 0.25, 0.5, 0.25]) };
    const [found] = head.read({ logits, pred_boxes: boxes }, 0, INPUT, 0.5);
    expect(head.isLetterboxed).toBe(false);
    expect(found).toMatchObject({ left: 16, right: 48, top: 8, bottom: 24, classIndex: 1 });
  });

  test.each([
    ['a classifier', [{ name: 'logits', shape: ['batch', 1000] }]],
    ['a classifier with a map', [{ name: 'scores', shape: [1, 1000, 1, 1] }]],
    ['a transformer', [{ name: 'last_hidden_state', shape: [1, 768, 197] }]],
    ['another detector, candidates by rows', [{ name: 'output', shape: [1, 3549, 85] }]],
    [
      'a decoder without distances',
      [8, 4, 2].flatMap((side) => ['a', 'b'].map((name) => ({ name, shape: [1, 3, side, side] }))),
    ],
  ] as [string, OutputShape[]][])('%s is refused with what it gives', (_, outputs) => {
    const [{ name, shape }] = outputs as [OutputShape];
    expect(() => chooseHead(outputs)).toThrow(`${name} [${shape.join(',')}]`);
  });

  test('columns that are no probabilities are refused', () => {
    const head = chooseHead([{ name: 'x', shape: [1, 6, 9] }]);
    const x = tensor([1, 6, 9], () => 7);
    expect(() => head.read({ x }, 0, INPUT, 0.25)).toThrow(/no probabilities/);
  });
});

describe('the letterbox', () => {
  test('keeps the shape and centres the picture', () => {
    const fit = letterbox({ width: 1280, height: 720 }, { width: 640, height: 640 }, true);
    expect(fit).toEqual({ left: 0, top: 140, width: 640, height: 360 });
  });

  test('or else stretches it over the whole input', () => {
    const fit = letterbox({ width: 1280, height: 720 }, { width: 64, height: 32 }, false);
    expect(fit).toEqual({ left: 0, top: 0, width: 64, height: 32 });
  });

  test('is undone: a box is returned in fractions of the picture, clipped to it', () => {
    const fit = letterbox({ width: 200, height: 100 }, { width: 64, height: 64 }, true);
    const whole = toBox(box(0, 16, 64, 48, 0.5, 1), fit, ['cat', 'dog']);
    expect(whole).toEqual({ label: 'dog', score: 0.5, x: 0, y: 0, width: 1, height: 1 });
    expect(toBox(box(-9, 0, 32, 32), fit, [])).toMatchObject({ label: 'class 0', width: 0.5, height: 0.5 });
    expect(toBox(box(0, 0, 64, 10), fit, [])).toBeNull();
    expect(toBox(box(NaN, 0, 64, 64), fit, [])).toBeNull();
  });

  test('gives planes of red, green and blue from 0 to 1', () => {
    const planes = new Float32Array(6);
    writePlanes(new Uint8ClampedArray([255, 0, 51, 255, 0, 255, 102, 255]), planes);
    expect([...planes].map((value) => Math.round(value * 10) / 10)).toEqual([1, 0, 0, 1, 0.2, 0.4]);
  });
});
