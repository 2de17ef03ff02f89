import { regionTag } from './language.svelte.ts';

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(options: Intl.NumberFormatOptions, key: string): Intl.NumberFormat {
  const tag = regionTag();
  const known = formats.get(tag + key);
  if (known) return known;
  const made = new Intl.NumberFormat(tag, options);
  formats.set(tag + key, made);
  return made;
}

/** A number with a fixed number of decimals, in the format of the language: `3.2`, `3,2`. */
export function numberText(value: number, digits = 0): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return formatOf(options, ` ${digits}`).format(value);
}

/** A fraction as a whole percentage, in the format of the language: 0.5 is `50%` or `50 %`. */
export function percentText(fraction: number): string {
  return formatOf({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'negative' }, ' %').format(
    fraction,
  );
}

/** A duration in seconds: `1.5 s`. */
export function secondsText(seconds: number, digits = 0): string {
  return `${numberText(seconds, digits)} s`;
}
