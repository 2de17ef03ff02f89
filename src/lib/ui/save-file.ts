/** Long enough for the browser to start reading. */
const KEEP_MILLISECONDS = 60_000;

/** Saves a file, as a download link does. */
export function saveFile(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_MILLISECONDS);
}
