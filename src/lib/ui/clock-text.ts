import { numberText, secondsText } from './number-text.ts';

/** A position in time: `0:03.2`, `12:00.0`, `1:02:03.4`; with `digits` 0 without the fraction. */
export function clockText(seconds: number, digits = 1): string {
  const scale = 10 ** digits;
  const units = Math.floor(Math.max(0, seconds) * scale + 1e-6);
  const whole = Math.floor(units / scale);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = numberText((units % (60 * scale)) / scale, digits).padStart(digits > 0 ? digits + 3 : 2, '0');
  const minutesText = hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}` : String(minutes);
  return `${minutesText}:${rest}`;
}

/** A waiting time: `8 s`, `1:30`. */
export function timeText(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds < 60 ? secondsText(seconds) : clockText(seconds, 0);
}
