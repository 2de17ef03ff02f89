import { m } from '#lib/paraglide/messages.js';
import { regionTag } from './language.svelte.ts';
import { numberText, percentText } from './number-text.ts';

const UNITS = ['', 'kB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes: `3.2 MB` (powers of 1000). */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  const amount = numberText(value, power > 0 && value < 100 ? 1 : 0);
  return power === 0 ? m.amount_bytes({ count: value, amount }) : `${amount} ${UNITS[power]}`;
}

/** A level as a share of the usual loudness, which doubles with every 10 dB: `100%`, `50%` for −10 dB. */
export function levelText(gainDb: number): string {
  return percentText(2 ** (gainDb / 10));
}

/** A level with a true minus sign: `−3.0 dB`. */
export function decibelText(gainDb: number): string {
  return `${gainDb < 0 ? '−' : gainDb > 0 ? '+' : ''}${numberText(Math.abs(gainDb), 1)} dB`;
}

/** A point in time: the time of day for today, else the date. */
export function dayText(iso: string, now = new Date()): string {
  const day = new Date(iso);
  const isToday = day.toDateString() === now.toDateString();
  return isToday
    ? day.toLocaleTimeString(regionTag(), { hour: '2-digit', minute: '2-digit' })
    : day.toLocaleDateString(regionTag(), { day: 'numeric', month: 'short', year: 'numeric' });
}
