/** The first screen is prerendered, so that it is visible before the script has loaded. */
export const ssr = true;
